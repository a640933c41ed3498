import { whenUnknown } from '../bridge/client.ts';

/** Whether the program behind the page lets this browser in. */
class BrowserSession {
  /** It does not: a new start link is needed. */
  missing = $state(false);
  /** The link that the page was opened with is used up. */
  used = $state(false);

  constructor() {
    whenUnknown((used) => {
      this.missing = true;
      this.used ||= used;
    });
  }
}

export const browserSession = new BrowserSession();
