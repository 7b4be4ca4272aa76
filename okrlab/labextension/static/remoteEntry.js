// The entry that JupyterLab loads: hands the modules that Lab shares to plugin.js.
(() => {
  const here = document.currentScript.src;
  let shared = {};

  /** Return one of the modules that JupyterLab shares. */
  async function lab(name) {
    const versions = Object.values(shared[name] ?? {});
    if (!versions.length) throw new Error(`${name} is not shared here`);
    return (await versions[0].get())();
  }

  const container = {
    init(scope) {
      shared = scope;
    },
    async get(module) {
      if (module === './style') {
        const link = document.createElement('link');
        link.rel = 'stylesheet';
        link.href = new URL('../style/shell.css', here).href;
        document.head.append(link);
        return () => ({});
      }
      const { plugin } = await import(new URL('plugin.js', here).href);
      const shell = await plugin(lab);
      return () => ({ __esModule: true, default: shell });
    },
  };
  (window._JUPYTERLAB ??= {})['okrlab-shell'] = container;
})();
