/** A Worker with threads that help, which says when they do. */
import { awaitHelper, startSubject } from "../with_pool.ts";

awaitHelper(startSubject({ helpers: 3 }));
(self as unknown as Worker).postMessage("ready");
