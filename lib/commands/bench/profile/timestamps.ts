/** A shader that ran. */
export interface TimedLaunch<Label> {
  /** The label of its pipeline. */
  shader: string;
  /** On whose behalf. */
  label: Label;
  seconds: number;
}

/** A query set holds 4,096 timestamps, a launch takes two. */
const launchesOfSet = 2048;
const bytesOfTimestamp = 8;
const secondsOfTick = 1e-9;

/**
 * Times each shader that is launched on a device while `run` runs, by the device's
 * own clock. Each gets a pass of its own, with a timestamp before it and one after it.
 *
 * @param device With the feature "timestamp-query".
 * @param labelNow Whose launch this is; asked while it is recorded.
 * @param run Ends after its commands were submitted.
 */
export async function timeLaunches<Label>(
  device: GPUDevice,
  labelNow: () => Label,
  run: () => Promise<void>,
): Promise<TimedLaunch<Label>[]> {
  const launches: { shader: string; label: Label }[] = [];
  const sets: GPUQuerySet[] = [];
  const nextTimestamps = (): GPUComputePassTimestampWrites => {
    const place = 2 * (launches.length % launchesOfSet);
    if (place === 0) {
      const count = 2 * launchesOfSet;
      sets.push(device.createQuerySet({ type: "timestamp", count }));
    }
    return {
      querySet: sets.at(-1)!,
      beginningOfPassWriteIndex: place,
      endOfPassWriteIndex: place + 1,
    };
  };
  const restore = divideComputePasses((shader) => {
    const timestampWrites = nextTimestamps();
    launches.push({ shader, label: labelNow() });
    return { timestampWrites };
  });
  try {
    await run();
  } finally {
    restore();
  }
  const ticks = await Promise.all(sets.map((set, i) => {
    const left = launches.length - i * launchesOfSet;
    return readTicks(device, set, 2 * Math.min(launchesOfSet, left));
  }));
  return launches.map((launch, i) => {
    const set = ticks[Math.floor(i / launchesOfSet)]!;
    const place = 2 * (i % launchesOfSet);
    const passed = Number(set[place + 1]! - set[place]!);
    return { ...launch, seconds: passed * secondsOfTick };
  });
}

/**
 * Gives each launch a compute pass of its own from now on.
 *
 * @param describe How to begin the pass of a shader.
 * @returns What makes all as it was.
 */
function divideComputePasses(
  describe: (shader: string) => GPUComputePassDescriptor,
): () => void {
  const encoders = GPUCommandEncoder.prototype;
  const passes = GPUComputePassEncoder.prototype;
  const { beginComputePass } = encoders;
  encoders.beginComputePass = function (descriptor) {
    // It stays empty: an encoder has one open pass at a time.
    const pass = beginComputePass.call(this, descriptor);
    passes.end.call(pass);
    let pipeline: GPUComputePipeline;
    const groups = new Map<number, GPUBindGroup>();
    pass.setPipeline = (next) => void (pipeline = next);
    pass.setBindGroup = (index: number, group: GPUBindGroup | null) =>
      void (group ? groups.set(index, group) : groups.delete(index));
    pass.dispatchWorkgroups = (...workgroups) => {
      const own = beginComputePass.call(this, describe(pipeline.label));
      own.setPipeline(pipeline);
      for (const [index, group] of groups) own.setBindGroup(index, group);
      own.dispatchWorkgroups(...workgroups);
      own.end();
    };
    pass.end = () => {};
    return pass;
  };
  return () => void (encoders.beginComputePass = beginComputePass);
}

/** Reads the first timestamps of a set, which is destroyed. */
async function readTicks(
  device: GPUDevice,
  set: GPUQuerySet,
  count: number,
): Promise<BigUint64Array> {
  const size = count * bytesOfTimestamp;
  const { COPY_DST, COPY_SRC, MAP_READ, QUERY_RESOLVE } = GPUBufferUsage;
  const resolved = device.createBuffer({
    size,
    usage: QUERY_RESOLVE | COPY_SRC,
  });
  const read = device.createBuffer({ size, usage: MAP_READ | COPY_DST });
  const encoder = device.createCommandEncoder();
  encoder.resolveQuerySet(set, 0, count, resolved, 0);
  encoder.copyBufferToBuffer(resolved, 0, read, 0, size);
  device.queue.submit([encoder.finish()]);
  await read.mapAsync(GPUMapMode.READ);
  const ticks = new BigUint64Array(read.getMappedRange().slice(0));
  for (const one of [resolved, read, set]) one.destroy();
  return ticks;
}
