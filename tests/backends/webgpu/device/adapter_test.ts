import {
  describeDevice,
  deviceInfo,
  deviceName,
  findAdapter,
  isSoftwareDevice,
} from "../../../../lib/backends/webgpu/device/adapter.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { onDeviceTest } from "./on_device.ts";

const unnamed = { vendor: "", architecture: "", description: "" };

Deno.test("isSoftwareDevice() knows devices that compute on the CPU", () => {
  const software = [
    "llvmpipe (LLVM 15.0.6, 256 bits)",
    "SwiftShader Device (LLVM 10.0.0)",
    "Microsoft Basic Render Driver",
    "WARP",
  ];
  for (const description of software) {
    assert(isSoftwareDevice({ ...unnamed, description }), description);
  }
  assert(isSoftwareDevice({ ...unnamed, architecture: "swiftshader" }));
  assert(isSoftwareDevice({ ...unnamed, isFallbackAdapter: true }));
  const real = [
    "NVIDIA H200",
    "AMD Radeon RX 7900 XTX (RADV NAVI31)",
    "Intel(R) Arc(tm) A380 Graphics (DG2)",
    "Apple M3",
    "Warpdrive 3000",
    "",
  ];
  for (const description of real) {
    const info = { ...unnamed, description, isFallbackAdapter: false };
    assert(!isSoftwareDevice(info), description);
  }
});

Deno.test("deviceName() says what is known of a device", () => {
  const cases = [
    [{ description: "NVIDIA H200", vendor: "4318" }, "NVIDIA H200"],
    [{ vendor: "4318" }, "NVIDIA"],
    [{ vendor: "nvidia", architecture: "hopper" }, "nvidia hopper"],
    [{}, "a device that does not say its name"],
  ] as const;
  for (const [known, name] of cases) {
    assertEquals(deviceName({ ...unnamed, ...known }), name);
    assertEquals(describeDevice({ ...unnamed, ...known }), name);
  }
});

Deno.test("deviceInfo() makes do with what tfjs keeps of an adapter", () => {
  const device = {} as GPUDevice;
  const adapterInfo = { vendor: "intel", architecture: "xe" };
  assertEquals(deviceInfo({ device, adapterInfo }), {
    ...adapterInfo,
    description: "",
  });
  assertEquals(deviceInfo({ device, adapterInfo: {} }), unnamed);
});

onDeviceTest("findAdapter() finds the device", async () => {
  const adapter = await findAdapter();
  assert(adapter);
  const device = await adapter.requestDevice();
  assertEquals(
    deviceName(deviceInfo({ device, adapterInfo: {} })),
    deviceName(adapter.info),
  );
  device.destroy();
});
