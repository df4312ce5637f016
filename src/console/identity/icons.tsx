/** Line icons on a 20 px grid; always decoration, so they are hidden from screen readers. */
const PATHS = {
  overview: 'M3 16V9m4.7 7V4m4.6 12v-5M17 16V7',
  campaigns: 'M3 8.5v3l3 .5 7 4V4L6 8zM6 12v4h2.5l-.8-3.2M16 8c.8.8.8 3.200 0 4',
  funnel: 'M3 4h14l-5.500 6.500V16l-3 1.500v-7z',
  surveys: 'M4 4h12v9.500H9L5.500 17v-3.500H4zM7.500 7.500h5M7.500 10h3',
  visitors: 'M10 9.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 17c.5-3.500 2.800-5 6-5s5.500 1.500 6 5',
  eye: 'M2.500 10S5.500 5 10 5s7.500 5 7.500 5-3 5-7.500 5-7.500-5-7.500-5zM10 12.200a2.200 2.200 0 1 0 0-4.400 2.200 2.200 0 0 0 0 4.400z',
  cart: 'M2.500 4h2l2 8.500h8L16.500 6.500H5.300M8 16.500h.01M13.500 16.500h.01',
  bag: 'M4.500 7h11l.8 10H3.700zM7.200 7V6a2.800 2.800 0 0 1 5.600 0v1',
  page: 'M5.500 3h6L15 6.500V17H5.500zM11.500 3v3.500H15',
  leave: 'M8 4H4v12h4M8 10h9m-3-3 3 3-3 3',
  start: 'M7 5l8 5-8 5z',
  message: 'M3.500 4.500h13v9h-7L6 16.500v-3H3.500z',
  click: 'M8 8l8 3-3.500 1.500L11 16zM5 2.500v2M2.500 5h2M8.300 3.200 7.200 4.300M3.200 8.300l1.100-1.100',
  close: 'M5 5l10 10M15 5L5 15',
  answer: 'M4 10.500l4 4 8-9',
  tag: 'M3.500 3.500h6l7 7-6 6-7-7zM6.700 6.700h.01',
  shield: 'M10 2.500l6 2V9c0 4-2.500 6.700-6 8.500C6.500 15.700 4 13 4 9V4.500z',
  dot: 'M10 11.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3z',
  search: 'M9 14.500a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11zM13 13l4 4',
  back: 'M12 4.500L6.500 10l5.500 5.500',
} as const;
export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
