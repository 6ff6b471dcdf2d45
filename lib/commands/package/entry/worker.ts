/**
 * The program of a thread, as the npm package has it.
 *
 * @module
 */
import "../../../backends/wasm/worker.ts";
