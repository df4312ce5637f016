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
 * On the wanted side (below, by default) if there is room, else on the other, else on one beside them, else where there is most. Along
 * the side it stays within the viewport.
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
  const [length, all] = isUpright ? [width, view.width] : [height, view.height];
  const along = keep(middle - length / 2, margin, all - length - margin);
  const across = {
    top: anchor.top - height - gap,
    bottom: anchor.bottom + gap,
    left: anchor.left - width - gap,
    right: anchor.right + gap,
  }[side]!;
  const tip = keep(middle - along, 20, length - 20);
  return isUpright ? { side, x: along, y: across, tip } : { side, x: across, y: along, tip };
}
