/**
 * WGSL of a normalization's gradient over `[rows, channels]`; `#` stands for the number
 * of a normalization, of which a launch may have several. In all of them g is dy in the
 * places in which y = (z − mean) · scale + beta is above 0, and 0 elsewhere, and a
 * workgroup has some channels: as many as `width`, each with its own lines of
 * invocations, over which its rows are spread.
 *
 * @module
 */

/** The invocations of a workgroup. */
export const groupSize = 256;

/** What the workgroups of all normalizations share. */
export const shared = `
var<workgroup> sums: array<Value, ${groupSize}>;
var<workgroup> products: array<Value, ${groupSize}>;

fn passed(dy: Value, distance: Value, scale: Value, beta: Value) -> Value {
  return select(Value(0.0), dy, distance * scale + beta > Value(0.0));
}
`;

/** Opens `work#`, which has a row and a column of workgroups to itself. */
export const opening = `
fn work#(x: u32, y: u32, index: u32) {
  let channels = constants.channels#;
  let width = constants.width#;
  let lines = ${groupSize}u / width;
  let line = index / width;
  let channel = x * width + index % width;
  let isInside = channel < channels;
  // What has no channel reads the first one, and writes nothing.
  let c = select(0u, channel, isInside);
  let mean = table#[c];
  let inverse = table#[channels + c];
  let scale = table#[2u * channels + c];
  let beta = table#[3u * channels + c];
  let first = y * constants.groupRows;
  let end = min(constants.rows, first + constants.groupRows);
  var sum = Value(0.0);
  var product = Value(0.0);
`;

/** Adds up g and g · (z − mean) of a line's rows. */
export const addRows = (dy: string) => `
  for (var row = first + line; row < end; row += lines) {
    let distance = z#[row * channels + c] - mean;
    let gradient = passed(${dy}#[row * channels + c], distance, scale, beta);
    sum += gradient;
    product += gradient * distance;
  }
`;

/** Adds up what other workgroups have added up. */
export const addParts = `
  for (var part = line; part < constants.count; part += lines) {
    sum += parts[constants.partsAt# + 2u * part * channels + c];
    product += parts[constants.partsAt# + (2u * part + 1u) * channels + c];
  }
`;

/** Adds up the lines; the first one has the sum. */
export const addLines = `
  sums[index] = sum;
  products[index] = product;
  for (var half = lines / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (line < half) {
      sums[index] += sums[index + half * width];
      products[index] += products[index + half * width];
    }
  }
`;

/** What a workgroup has added up, where `addParts` finds it. */
export const writePart = `
  if (line == 0u && isInside) {
    parts[constants.partsAt# + 2u * y * channels + c] = sums[index];
    parts[constants.partsAt# + (2u * y + 1u) * channels + c] = products[index];
  }
}
`;

/** dz = g · scale + (z − mean) · q + r. */
export const writeGradient = (dy: string) => `
  workgroupBarrier();
  let total = sums[index % width];
  let normalized = products[index % width] * inverse;
  let share = scale / f32(max(1u, constants.rows));
  let q = -share * normalized * inverse;
  let r = -share * total;
  if (!isInside) { return; }
  if (y == 0u && line == 0u) {
    dGamma#[c] = normalized;
    dBeta#[c] = total;
    dBias#[c] = Value(0.0);
  }
  for (var row = first + line; row < end; row += lines) {
    let distance = z#[row * channels + c] - mean;
    let gradient = passed(${dy}#[row * channels + c], distance, scale, beta);
    dz#[row * channels + c] = gradient * scale + distance * q + r;
  }
}
`;
