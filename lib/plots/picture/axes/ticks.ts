import type { Axis } from "./axis.ts";
import { formatNumber, powerOfTen } from "./number_format.ts";
import { axisFormat } from "../../figures/axis_format.ts";
import { list, number, text } from "../../figures/read.ts";

/** A place on an axis that is labelled. */
export interface Tick {
  unit: number;
  label: string;
}

/** The labelled places of an axis, in its range. */
export function axisTicks(axis: Axis): Tick[] {
  const low = Math.min(...axis.range) - 1e-9;
  const high = Math.max(...axis.range) + 1e-9;
  return allTicks(axis, low, high)
    .filter(({ unit }) => unit >= low && unit <= high);
}

function allTicks(axis: Axis, low: number, high: number): Tick[] {
  const { settings, type, categories } = axis;
  const format = text(settings.tickformat, "");
  const values = list(settings.tickvals);
  if (values.length > 0) {
    const texts = list(settings.ticktext);
    return values.map((value, i) => ({
      unit: axis.unit(value),
      label: String(texts[i] ?? formatNumber(Number(value), format)),
    }));
  }
  if (type === "category") {
    return categories.map((label, unit) => ({ unit, label }));
  }
  if (type === "log") return decades(low, high);
  const length = Math.abs(axis.pixels[1] - axis.pixels[0]);
  const fitting = Math.max(2, length / (axis.letter === "x" ? 70 : 40));
  const wanted = Math.min(10, number(settings.nticks, fitting));
  const step = number(settings.dtick, niceStep((high - low) / wanted));
  const first = Math.ceil(low / step);
  const count = Math.min(1000, Math.floor(high / step) - first + 1);
  const units = Array.from(
    { length: Math.max(0, count) },
    (_, i) => (first + i) * step,
  );
  const written = (format: string) =>
    units.map((unit) => ({ unit, label: formatNumber(unit, format) }));
  const ticks = written(format);
  const labels = new Set(ticks.map(({ label }) => label));
  return labels.size < ticks.length ? written(axisFormat(format)) : ticks;
}

/** Whole powers of ten; where there are too few, twice and five times them too. */
function decades(low: number, high: number): Tick[] {
  const every = Math.max(1, Math.ceil((high - low) / 8));
  const factors = high - low < 2 ? [1, 2, 5] : [1];
  const ticks: Tick[] = [];
  for (let power = Math.floor(low); power <= high; power += every) {
    for (const factor of factors) {
      const plain = power > -4 && power < 6;
      const value = factor * 10 ** power;
      ticks.push({
        unit: power + Math.log10(factor),
        label: plain
          ? formatNumber(value, ",")
          : `${factor === 1 ? "" : `${factor}·`}${powerOfTen(power)}`,
      });
    }
  }
  return ticks;
}

/** The next larger of 1, 2 and 5 times a power of ten. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5].map((factor) => factor * power)
    .find((step) => step >= least * 0.999) ?? 10 * power;
}
