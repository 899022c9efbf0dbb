/** The host of an http address; this package has no `URL` of a platform. */
const LOOPBACK =
  /^https?:\/\/(?:[^/?#@]*@)?(?:localhost|127(?:\.\d+){1,3}|\[::1\])(?::\d*)?(?:[/?#]|$)/i;

/** Whether an address leads back to whoever asks: in an instance, to the instance itself. */
export function isLoopbackAddress(address: string): boolean {
  return LOOPBACK.test(address);
}
