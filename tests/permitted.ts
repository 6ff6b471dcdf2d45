/**
 * Registers a test that needs permissions. Under a plain `deno test`, which
 * grants none, it is ignored, and its name says what it would need.
 */
export function permittedTest(
  name: string,
  permissions: Deno.PermissionName[],
  test: (context: Deno.TestContext) => void | Promise<void>,
): void {
  const missing = permissions.filter((permission) =>
    Deno.permissions.querySync(descriptor(permission)).state !== "granted"
  );
  Deno.test({
    name: missing.length === 0 ? name : `${name} [needs ${missing.join(", ")}]`,
    ignore: missing.length > 0,
    fn: test,
  });
}

/** Tests that need the network talk to this machine alone. */
function descriptor(
  permission: Deno.PermissionName,
): Deno.PermissionDescriptor {
  return permission === "net"
    ? { name: "net", host: "127.0.0.1" }
    : { name: permission };
}
