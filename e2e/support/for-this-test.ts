import { onTestFinished } from "vitest";

/** Ends what is opened when the test has ended, and after what was opened later. */
export async function forThisTest<Resource extends AsyncDisposable>(
  opening: Promise<Resource>,
): Promise<Resource> {
  const resource = await opening;
  onTestFinished(() => resource[Symbol.asyncDispose]());
  return resource;
}
