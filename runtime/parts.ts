import type { Download } from "./download.js";
import type { PagePromise } from "./pages.js";
import type { streams } from "./streams.js";
import type { writeForm } from "./uploads.js";

/**
 * What only some APIs need. A generated client names the parts that its operations use, so that bundlers leave out the
 * others.
 */
export interface Parts {
  /** For answers that are bytes. */
  readonly Download?: typeof Download;
  /** For answers that are pages. */
  readonly PagePromise?: typeof PagePromise;
  /** For answers that are streams of events. */
  readonly streams?: typeof streams;
  /** For bodies that are forms. */
  readonly writeForm?: typeof writeForm;
}
