import type { RunData } from "../../digits/run_data.ts";
import { leaveOutClasses } from "../../digits/leave_out.ts";
import {
  type Labelled,
  selectLabelled,
} from "../../evaluation/embeddings/labelled.ts";
import type { Material } from "./material.ts";

/**
 * The training and test images of the digits that a network was shown, and all
 * validation images.
 *
 * @param leftOut The digits that it was trained without.
 */
export function knownData(
  { train, validation, test }: RunData,
  leftOut: readonly number[],
): RunData {
  return {
    train: leaveOutClasses(train, leftOut),
    validation,
    test: leaveOutClasses(test, leftOut),
  };
}

/** The embeddings of known digits: all that recognition is measured on. */
export function knownMaterial(
  material: Material,
  leftOut: readonly number[],
): Pick<Material, "gallery" | "validation" | "test"> {
  const { gallery, validation, test } = material;
  return {
    gallery,
    validation: withoutDigits(validation, leftOut),
    test: withoutDigits(test, leftOut),
  };
}

function withoutDigits(images: Labelled, leftOut: readonly number[]): Labelled {
  const rows = images.labels.map((_, row) => row)
    .filter((row) => !leftOut.includes(images.labels[row]!));
  const isWhole = rows.length === images.labels.length;
  return isWhole ? images : selectLabelled(images, rows);
}
