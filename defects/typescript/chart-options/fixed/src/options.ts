/** How a chart is drawn. What is left out, or undefined, has its default. */
export interface ChartOptions {
  readonly title?: string;
  readonly min?: number;
  readonly max?: number;
  readonly grid?: boolean;
  readonly margin?: number | { readonly x?: number; readonly y?: number };
}

export interface ResolvedOptions {
  readonly title: string;
  readonly min: number;
  readonly max: number;
  readonly grid: boolean;
  readonly margin: { readonly x: number; readonly y: number };
}

/**
 * Options with all defaults filled in: the title `Untitled`, the least and the greatest of the
 * values (0 and 1 where there are none), a grid, and a margin of 8 pixels on each axis.
 *
 * Throws a RangeError where `min` is not below `max`; a range of one point is made one wide first.
 */
export function resolveOptions(options: ChartOptions, values: readonly number[]): ResolvedOptions {
  const min = options.min ?? (values.length > 0 ? Math.min(...values) : 0);
  let max = options.max ?? (values.length > 0 ? Math.max(...values) : 1);
  if (min === max) max = min + 1;
  if (min > max) throw new RangeError(`min ${min} is above max ${max}`);
  const margin = typeof options.margin === 'number' ? both(options.margin) : options.margin;
  return {
    title: options.title ?? 'Untitled',
    min,
    max,
    grid: options.grid ?? true,
    margin: { x: margin?.x ?? 8, y: margin?.y ?? 8 },
  };
}

function both(size: number): { x: number; y: number } {
  return { x: size, y: size };
}
