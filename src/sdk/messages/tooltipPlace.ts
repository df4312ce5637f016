/** Where a tooltip goes; all in CSS pixels of the viewport. */
export interface Placed {
  side: string;
  x: number;
  y: number;
  /** Where along its edge it points at the middle of the anchor. */
  tip: number;
}

type Box = Pick<DOMRect, 'top' | 'bottom' | 'left' | 'right'>;
type Size = { width: number; height: number };

/** From the anchor to the tooltip, and from the edge of the viewport. */
const gap = 12;
const margin = 8;
const opposite: { [side: string]: string } = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' };

/** Keeps to [low, high]; to the low end where there is no room. */
const keep = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high));

/**
 * On the wanted side (below, by default) if there is room, else on the other, else on one beside them, else where there is most. It
 * stays within the viewport: where there is enough on no side, over the anchor.
 */
export function bestPlace(
  anchor: Box,
  { width, height }: Size,
  wanted = 'bottom',
  view: Size = { width: innerWidth, height: innerHeight },
): Placed {
  const room: { [side: string]: number } = {
    top: anchor.top - height,
    bottom: view.height - anchor.bottom - height,
    left: anchor.left - width,
    right: view.width - anchor.right - width,
  };
  const first = room[wanted] === undefined ? 'bottom' : wanted;
  const sides = [first, opposite[first]!, ...Object.keys(room)];
  const side =
    sides.find((each) => room[each]! >= gap + margin) ??
    sides.reduce((best, each) => (room[each]! > room[best]! ? each : best));
  const isUpright = side == 'top' || side == 'bottom';
  const middle = isUpright ? (anchor.left + anchor.right) / 2 : (anchor.top + anchor.bottom) / 2;
  const within = (start: number, length: number, all: number) => keep(start, margin, all - length - margin);
  const x = within(
    { left: anchor.left - width - gap, right: anchor.right + gap }[side] ?? middle - width / 2,
    width,
    view.width,
  );
  const y = within(
    { top: anchor.top - height - gap, bottom: anchor.bottom + gap }[side] ?? middle - height / 2,
    height,
    view.height,
  );
  const tip = isUpright ? keep(middle - x, 20, width - 20) : keep(middle - y, 20, height - 20);
  return { side, x, y, tip };
}
