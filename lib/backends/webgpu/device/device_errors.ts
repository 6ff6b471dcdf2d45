/**
 * What can go wrong with a device: there is none, it is gone, it is full, or it did not
 * take a command.
 */
export type DeviceFault = "missing" | "lost" | "memory" | "command";

/** A fault as a device reported it. */
export interface DeviceReport {
  fault: DeviceFault;
  /** What the device said. */
  reason: string;
}

/** An error of a GPU, which may come some time after the call that caused it. */
export class DeviceError extends Error {
  override name = "DeviceError";

  constructor(
    message: string,
    readonly report: DeviceReport,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * The error of a fault.
 *
 * @param action What was being done: "train on 240 images".
 */
export function deviceError(action: string, report: DeviceReport): DeviceError {
  const { expected, got, cure } = words[report.fault];
  return new DeviceError(
    `Cannot ${action} on the GPU: expected ${expected}, got ${got} ` +
      `("${report.reason}"). ${cure}`,
    report,
  );
}

const words = {
  missing: {
    expected: "one that starts",
    got: "none",
    cure: 'The backend "wasm" computes the same on the CPU',
  },
  lost: {
    expected: "its device to answer",
    got: "a lost device",
    cure:
      "What was on it is gone: call useBackend again and begin anew, or go on from a " +
      'checkpoint, with the backend "wasm" on the CPU',
  },
  memory: {
    expected: "room in its memory",
    got: "none",
    cure:
      'Use smaller batches, or the backend "wasm" on the CPU. A run goes on from its ' +
      "checkpoint: of the network, some weights may have changed and others not",
  },
  command: {
    expected: "commands that its device takes",
    got: "an error",
    cure:
      'The backend "wasm" computes the same on the CPU, and a checkpoint goes on there',
  },
} satisfies Record<DeviceFault, object>;

/** What each watched device has reported and nobody has taken yet. */
const reports = new WeakMap<
  GPUDevice,
  { lost?: DeviceReport; first?: DeviceReport | undefined }
>();

/** Begins to note what a device reports; a second time changes nothing. */
export function watchDevice(device: GPUDevice): void {
  if (reports.has(device)) return;
  const noted: { lost?: DeviceReport; first?: DeviceReport | undefined } = {};
  reports.set(device, noted);
  device.lost.then(({ reason, message }) => {
    noted.lost = { fault: "lost", reason: `${reason}: ${message}` };
  });
  device.addEventListener("uncapturederror", (event) => {
    event.preventDefault(); // It is thrown, not printed.
    // Errors after the first one often follow from it.
    noted.first ??= reportOf(event.error);
  });
}

function reportOf(error: GPUError): DeviceReport {
  const isFull = error instanceof GPUOutOfMemoryError ||
    /greater than the maximum buffer size/i.test(error.message);
  // A compiler's message shows the code below its first line.
  const [reason = ""] = error.message.trim().split("\n");
  return { fault: isFull ? "memory" : "command", reason };
}

/** Whether a device is known to be lost. */
export const isLost = (device: GPUDevice): boolean =>
  reports.get(device)?.lost !== undefined;

/**
 * The first fault that a device has reported since it was last taken; a lost device
 * stays lost.
 */
export function takeReport(device: GPUDevice): DeviceReport | undefined {
  const noted = reports.get(device);
  if (!noted) return undefined;
  const { lost, first } = noted;
  noted.first = undefined;
  return lost ?? first;
}
