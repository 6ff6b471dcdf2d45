import type {
  BooleanDomain,
  ChoiceDomain,
  NumberDomain,
} from "../../lib/numeric/domain.ts";

/** What an argument, an option or a value inside them may be. */
export type Kind =
  & (
    | (NumberDomain & {
      /** Whether Infinity means something, and −Infinity where nothing is too low. */
      infinite?: boolean;
      /** Whether NaN means something. */
      gaps?: boolean;
      /** Whether something as large is allocated, so that no memory has room for 10⁹. */
      size?: boolean;
    })
    | ChoiceDomain
    | BooleanDomain
    | ListKind
    | TensorKind
    | RandomKind
  )
  & { optional?: boolean };

/** An array of numbers, or a typed one. */
export interface ListKind {
  type: "list";
  item: NumberDomain & { infinite?: boolean; gaps?: boolean };
  /** Whether another length is wrong. */
  fixed?: boolean;
  /** Whether it may have no items. */
  empty?: boolean;
}

/** A tensor of numbers. */
export interface TensorKind {
  type: "tensor";
  rank: number;
  /** Whether NaN and ±Infinity are refused. */
  finite?: boolean;
  /** Whether it may have no values. */
  empty?: boolean;
  /** Whether one dimension less means something too. */
  single?: boolean;
}

/** A seeded stream. */
export interface RandomKind {
  type: "random";
}

type Bounds = Omit<NumberDomain, "type">;

export const whole = (
  bounds: Bounds,
  more: { size?: boolean } = {},
): Kind => ({ type: "integer", ...bounds, ...more });
export const number = (
  bounds: Bounds,
  more: { infinite?: boolean } = {},
): Kind => ({ type: "number", ...bounds, ...more });
export const choice = (...of: readonly (string | number)[]): Kind => ({
  type: "choice",
  of,
});
export const boolean: Kind = { type: "boolean" };
export const random: Kind = { type: "random" };

/** A list of numbers. */
export const list = (
  item: Bounds & { type?: "integer" | "number"; infinite?: boolean },
  more: { fixed?: boolean; empty?: boolean } = {},
): Kind => ({ type: "list", item: { type: "number", ...item }, ...more });

const int32 = { type: "integer", min: -(2 ** 31), max: 2 ** 31 - 1 } as const;

/** One class for each item. */
export const labels: ListKind = { type: "list", item: int32, fixed: true };

/** Places in something of so many items. */
export const indices = (count: number, more = {}): Kind =>
  list({ type: "integer", min: 0, below: count }, more);

/** `[n, size]`, where NaN gives NaN. */
export const anyEmbeddings: Kind = { type: "tensor", rank: 2 };

/** `[n, size]`, finite. */
export const embeddings: Kind = { type: "tensor", rank: 2, finite: true };

/** The value may be left out. */
export const optional = (kind: Kind): Kind => ({ ...kind, optional: true });
