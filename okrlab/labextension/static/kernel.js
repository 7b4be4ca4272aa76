// Waiting for a kernel that really answers, and running code in it.

const PATIENCE = 90_000; // the first start on a slow laptop compiles and scans for a long time

/** Resolve when the session's kernel is connected; Lab says "idle" before it is. */
export async function connected(sessionContext) {
  await sessionContext.ready;
  const until = Date.now() + PATIENCE;
  for (;;) {
    const kernel = sessionContext.session?.kernel;
    if (kernel?.connectionStatus === 'connected') {
      await kernel.info;
      return kernel;
    }
    if (Date.now() > until) throw new Error('The kernel did not answer.');
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** Run code quietly; resolves with the kernel's reply. */
export async function execute(kernel, code) {
  const request = kernel.requestExecute({ code, store_history: false, stop_on_error: false });
  return (await request.done).content;
}
