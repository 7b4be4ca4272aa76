// Shared by all widgets; joined in front of the widget's own file, which ends in
//   export default okl.widget({ name: "card-sort", setup(ui) { return { render(view) { … } } } });
//
// render(view) returns okl.h(…) nodes. They are descriptions; okl.morph() makes the page equal to
// them and keeps focus, selection, scroll and typed text. Text is only ever put in as text nodes.
const okl = (() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";

  // -- describing ----------------------------------------------------------------------------------

  const flat = (kids, out = []) => {
    for (const kid of kids) {
      if (Array.isArray(kid)) flat(kid, out);
      else if (kid === null || kid === undefined || kid === true || kid === false) continue;
      else if (typeof kid === "object") out.push(kid);
      else out.push({ text: String(kid) });
    }
    return out;
  };

  // h("button", { class: "x", key: "k", focusKey: "f", onclick: fn, "aria-pressed": true }, "Text")
  //   key       tells siblings apart, so that a moved one stays the same element
  //   focusKey  focus goes to the element with the same focusKey when the focused one is replaced
  //   value, checked: set only when the description changes, so that typing is never overwritten
  //   style     an object; custom properties too
  //   init      called once with the new element
  const h = (tag, props, ...kids) => {
    const { key = null, init = null, ...rest } = props || {};
    return { tag, key, init, props: rest, kids: flat(kids) };
  };

  // -- making the page equal to a description ------------------------------------------------------

  const listen = (event) => {
    const fn = event.currentTarget.__okl?.props["on" + event.type];
    if (fn) fn(event);
  };

  const setProp = (el, name, value, before) => {
    if (name === "focusKey") name = "data-focus-key";
    if (name.startsWith("on")) {
      const type = name.slice(2);
      if (value && !before) el.addEventListener(type, listen);
      if (!value && before) el.removeEventListener(type, listen);
    } else if (name === "value" || name === "checked" || name === "indeterminate") {
      if (value !== before) el[name] = value ?? (name === "value" ? "" : false);
    } else if (name === "style") {
      for (const k of Object.keys(before || {})) if (!(k in (value || {}))) el.style.removeProperty(k);
      for (const [k, v] of Object.entries(value || {})) el.style.setProperty(k, String(v));
    } else if (name.startsWith("aria-") && typeof value === "boolean") {
      el.setAttribute(name, String(value));
    } else if (value === null || value === undefined || value === false) {
      el.removeAttribute(name);
    } else {
      const text = value === true ? "" : String(value);
      if (el.getAttribute(name) !== text) el.setAttribute(name, text);
    }
  };

  const create = (v, svg) => {
    if ("text" in v) {
      const node = document.createTextNode(v.text);
      node.__okl = v;
      return node;
    }
    const inSvg = svg || v.tag === "svg";
    const el = inSvg ? document.createElementNS(SVG, v.tag) : document.createElement(v.tag);
    el.__okl = { tag: v.tag, key: v.key, props: {}, kids: [] };
    // the type of an input must stand before its value
    if ("type" in v.props) setProp(el, "type", v.props.type);
    update(el, v, inSvg);
    v.init?.(el);
    return el;
  };

  const update = (node, v, svg) => {
    if ("text" in v) {
      if (node.data !== v.text) node.data = v.text;
      node.__okl = v;
      return;
    }
    const before = node.__okl.props;
    node.__okl = v;
    updateKids(node, v.kids, svg || v.tag === "svg");
    // after the children, so that a select finds the option that its value names
    for (const name of Object.keys(before)) if (!(name in v.props)) setProp(node, name, undefined, before[name]);
    for (const [name, value] of Object.entries(v.props)) {
      if (typeof value === "function" || value !== before[name]) setProp(node, name, value, before[name]);
    }
  };

  const alike = (node, v) =>
    "text" in v ? "text" in node.__okl : node.__okl.tag === v.tag && node.__okl.key === v.key;

  const updateKids = (el, kids, svg) => {
    const old = [...el.childNodes].filter((n) => n.__okl);
    const keyed = new Map(old.filter((n) => n.__okl.key != null).map((n) => [n.__okl.key, n]));
    const plain = old.filter((n) => n.__okl.key == null);
    const used = new Set();
    const next = kids.map((v) => {
      let node = null;
      if (v.key != null) {
        node = keyed.get(v.key);
      } else if (plain.length && alike(plain[0], v)) {
        node = plain.shift();
      } else {
        const at = plain.findIndex((n) => alike(n, v));
        if (at >= 0) node = plain.splice(0, at + 1)[at];
      }
      if (!node || used.has(node) || !alike(node, v)) return create(v, svg);
      used.add(node);
      update(node, v, svg);
      return node;
    });
    for (const node of old) if (!used.has(node)) node.remove();
    let cursor = el.firstChild;
    for (const node of next) {
      if (node === cursor) cursor = cursor.nextSibling;
      else if (node.parentNode === el && el.moveBefore && el.isConnected) el.moveBefore(node, cursor);
      else el.insertBefore(node, cursor);
    }
  };

  const visible = (el) => el.isConnected && el.getClientRects().length > 0;

  // Make the children of `root` equal to `nodes`.
  const morph = (root, nodes) => {
    const active = root.contains(document.activeElement) ? document.activeElement : null;
    const focusKey = active?.closest("[data-focus-key]")?.dataset.focusKey;
    let range = null;
    try {
      if (active && typeof active.selectionStart === "number") {
        range = [active.selectionStart, active.selectionEnd, active.selectionDirection];
      }
    } catch { range = null; }
    const scrolled = [...root.querySelectorAll("[data-scroll]")].map((n) => [n, n.scrollTop, n.scrollLeft]);
    updateKids(root, flat([nodes]), false);
    for (const [n, top, left] of scrolled) {
      if (n.isConnected) { n.scrollTop = top; n.scrollLeft = left; }
    }
    if (!active || document.activeElement === active && visible(active)) return;
    if (visible(active)) {
      active.focus({ preventScroll: true });
      if (range) active.setSelectionRange(...range);
      return;
    }
    const again = focusKey && byFocusKey(root, focusKey);
    (again || root.querySelector("[data-focus-home]") || root.closest(".okl") || root).focus({ preventScroll: true });
  };

  const byFocusKey = (root, key) => {
    const found = root.querySelector(`[data-focus-key="${CSS.escape(key)}"]`);
    return found && visible(found) ? found : null;
  };

  // -- parts that all widgets use ------------------------------------------------------------------

  const ROLES = {
    objective: "Objective",
    kpi: "KPI",
    health_metric: "Health metric",
    metric_key_result: "Metric key result",
    milestone_key_result: "Milestone key result",
    task: "Task",
  };
  const SHAPES = {
    objective: ["polygon", { points: "10,1.5 12.6,7.2 18.8,7.8 14.1,11.9 15.5,18 10,14.8 4.5,18 5.9,11.9 1.2,7.8 7.4,7.2" }],
    kpi: ["circle", { cx: 10, cy: 10, r: 8 }],
    health_metric: ["polygon", { points: "10,2 18.5,17.5 1.5,17.5" }],
    metric_key_result: ["rect", { x: 2.5, y: 2.5, width: 15, height: 15 }],
    milestone_key_result: ["polygon", { points: "10,0.8 19.2,10 10,19.2 0.8,10" }],
    task: ["circle", { cx: 10, cy: 10, r: 6.7, class: "okl-hollow" }],
  };

  // The shape of a role. Put the role's word beside it; the shape says nothing to a screen reader.
  const roleMark = (role) => {
    if (!(role in SHAPES)) return null;
    const [tag, props] = SHAPES[role];
    return h("svg", { class: `okl-mark okl-role-${role}`, viewBox: "0 0 20 20", "aria-hidden": "true", focusable: "false" }, h(tag, props));
  };

  // A role's shape with a word beside it.
  const role = (name, word) => h("span", { class: "okl-role" }, roleMark(name), h("span", null, word || ROLES[name]));

  // kind: "primary" (one per view, in actions() to the right), "secondary" or "quiet".
  // Switched off with aria-disabled, so that it keeps the focus and can say why.
  const button = ({ label, kind = "secondary", onclick, disabled = false, class: cls = "", icon = null, ...rest }) =>
    h("button", {
      type: "button",
      class: `okl-button okl-${kind} ${cls}`.trim(),
      "aria-disabled": disabled ? "true" : null,
      onclick: (event) => { if (!disabled) onclick?.(event); },
      ...rest,
    }, icon, h("span", null, label));

  // The row of buttons: the others, then the primary one at the right.
  const actions = (others, primary) =>
    h("div", { class: "okl-actions" }, h("div", { class: "okl-others" }, others), primary);

  const verdict = (correct, words) =>
    h("span", { class: `okl-verdict ${correct ? "okl-right" : "okl-wrong"}` },
      h("span", { "aria-hidden": "true" }, correct ? "✓ " : "✕ "),
      words || (correct ? "Right" : "Not this one"));

  const line = (label, text) =>
    text ? h("p", { class: "okl-line" }, h("b", null, label + " "), text) : null;

  // The three lines of a reason: cue, why it tempts, what would flip it; and the idea behind it.
  const reason = ({ cue, tempts, flip, misconception }) => [
    line("What settles it:", cue),
    line("Why it tempts:", tempts),
    line("What would change the answer:", flip),
    misconception?.title ? line("The idea behind it:", `“${misconception.title}”`) : null,
  ];

  // The outcome of an answer. `words` replaces "Right" or "Not this one".
  const feedback = ({ correct, words, key, ...parts }) =>
    h("div", { key, class: `okl-feedback ${correct ? "okl-is-right" : "okl-is-wrong"}` },
      h("p", { class: "okl-head" }, verdict(correct, words)), reason(parts));

  // A button that opens and closes what follows it.
  const disclosure = ({ key, label, open, ontoggle, class: cls = "", focusKey }, ...kids) =>
    h("div", { key, class: `okl-disclosure ${cls}`.trim() },
      h("button", { type: "button", class: "okl-button okl-quiet", "aria-expanded": Boolean(open), focusKey, onclick: ontoggle },
        h("span", { class: "okl-caret", "aria-hidden": "true" }, open ? "▾" : "▸"), h("span", null, label)),
      open ? h("div", { class: "okl-disclosed" }, kids) : null);

  const banner = (kind, words, ...kids) =>
    h("div", { key: `banner-${kind}`, class: `okl-banner okl-${kind}` },
      h("span", { class: "okl-banner-icon", "aria-hidden": "true" }, kind === "error" ? "✕" : "!"),
      h("div", null, h("p", null, words), kids));

  const empty = (words, ...kids) => h("div", { class: "okl-empty" }, h("p", null, words), kids);

  // A bar with its words beside it.
  const progress = ({ value, max, label }) =>
    h("div", { class: "okl-progress" },
      h("span", { class: "okl-bar", "aria-hidden": "true" },
        h("span", { style: { width: `${max ? Math.round((100 * value) / max) : 0}%` } })),
      h("span", { class: "okl-progress-words" }, label));

  const plural = (n, one, many) => `${n} ${n === 1 ? one : many || one + "s"}`;

  // -- light or dark -------------------------------------------------------------------------------

  const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  const rgba = (colour) => {
    if (!probe || !colour) return null;
    probe.clearRect(0, 0, 1, 1);
    probe.fillStyle = "rgba(0,0,0,0)";
    probe.fillStyle = colour;
    probe.fillRect(0, 0, 1, 1);
    return probe.getImageData(0, 0, 1, 1).data;
  };

  // Dark when what lies behind the widget is dark, whoever painted it.
  const isDark = (el) => {
    const named = getComputedStyle(el).getPropertyValue("--jp-layout-color0").trim();
    const colours = named ? [named] : [];
    for (let at = el.parentElement; at; at = at.parentElement) colours.push(getComputedStyle(at).backgroundColor);
    for (const colour of colours) {
      const p = rgba(colour);
      if (p && p[3] > 128) return 0.2126 * p[0] + 0.7152 * p[1] + 0.0722 * p[2] < 115;
    }
    const scheme = getComputedStyle(document.documentElement).colorScheme;
    return scheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches;
  };

  const followTheme = (el) => {
    let timers = [];
    const apply = () => { el.dataset.theme = isDark(el) ? "dark" : "light"; };
    const soon = () => { // style sheets of a theme arrive after its name
      timers.forEach(clearTimeout);
      timers = [0, 120, 600, 2000].map((ms) => setTimeout(apply, ms));
    };
    const watch = new MutationObserver(soon);
    for (const node of [document.documentElement, document.body]) {
      watch.observe(node, { attributes: true, attributeFilter: ["class", "style", "data-jp-theme-light", "data-jp-theme-name", "data-vscode-theme-id"] });
    }
    const media = matchMedia("(prefers-color-scheme: dark)");
    media.addEventListener("change", soon);
    apply();
    soon();
    return () => { timers.forEach(clearTimeout); watch.disconnect(); media.removeEventListener("change", soon); };
  };

  // -- a stopwatch that stands still while nobody looks --------------------------------------------

  const stopwatch = () => {
    let total = 0;
    let since = document.visibilityState === "visible" ? performance.now() : null;
    const onChange = () => {
      if (document.visibilityState === "visible") since ??= performance.now();
      else if (since !== null) { total += performance.now() - since; since = null; }
    };
    document.addEventListener("visibilitychange", onChange);
    return {
      // Seconds since the last lap; starts the next one.
      lap() {
        const now = performance.now();
        const seconds = (total + (since === null ? 0 : now - since)) / 1000;
        total = 0;
        if (since !== null) since = now;
        return Math.round(seconds * 10) / 10;
      },
      stop() { document.removeEventListener("visibilitychange", onChange); },
    };
  };

  // -- the frame around every widget ---------------------------------------------------------------

  const WORKING_AFTER = 600;
  const WAITING_AFTER = 6000;

  const widget = ({ name, setup }) => ({
    render({ model, el }) {
      const root = document.createElement("div");
      root.className = `okl okl-${name}`;
      root.setAttribute("role", "group");
      root.tabIndex = -1;
      root.dataset.lmSuppressShortcuts = "true"; // or Lab takes 1, 0 and arrows for its own
      const body = document.createElement("div");
      body.className = "okl-body";
      const live = document.createElement("div");
      live.className = "okl-live";
      live.setAttribute("role", "status");
      live.setAttribute("aria-live", "polite");
      root.append(body, live);
      el.append(root);
      const forgetTheme = followTheme(root);

      const client = Math.random().toString(36).slice(2, 10);
      let sent = 0;
      let outstanding = []; // numbers of messages not answered yet
      let patience = "none"; // then "working", then "waiting"
      let timers = [];
      let wantFocus = null;
      let said = model.get("view")?.say?.n ?? 0;
      let liveTimer = null;
      let queued = [];

      const ui = {
        root,
        id: `okl-${client}`, // a beginning for ids that no other widget on the page has
        get view() { return model.get("view") || {}; },
        // Send a message to Python's on_<type>. Returns its number; see settled().
        send(type, data = {}) {
          const ack = `${client}:${++sent}`;
          outstanding.push(ack);
          startPatience();
          try { model.send({ ...data, type, ack }); } catch { patience = "waiting"; draw(); }
          return ack;
        },
        // Whether Python has answered the message with that number.
        settled: (ack) => !outstanding.includes(ack),
        get busy() { return outstanding.length > 0; },
        // Let screen readers announce a text.
        announce(text) {
          if (!text) return;
          queued = [...queued.slice(-1), text]; // who is fast hears the last two
          clearTimeout(liveTimer);
          live.textContent = "";
          liveTimer = setTimeout(() => { live.textContent = queued.join(" "); queued = []; }, 60);
        },
        // After the next drawing, focus the element with this focusKey.
        focus(key) { wantFocus = key; },
        // Draw again after a change that only the browser knows of.
        redraw() { draw(); },
        stopwatch: stopwatch(),
      };

      const startPatience = () => {
        if (timers.length) return;
        timers = [
          setTimeout(() => { patience = "working"; draw(); }, WORKING_AFTER),
          setTimeout(() => { patience = "waiting"; draw(); ui.announce(WAITING); }, WAITING_AFTER),
        ];
      };
      const endPatience = () => {
        timers.forEach(clearTimeout);
        timers = [];
        patience = "none";
      };

      const own = setup(ui);

      const draw = () => {
        const view = model.get("view") || {};
        root.setAttribute("aria-label", view.label || "Exercise");
        root.classList.toggle("okl-busy", patience !== "none");
        const ready = Object.keys(view).length > 0;
        morph(body, [
          view.notice ? banner("notice", view.notice) : null,
          h("div", { key: "own", class: "okl-own" }, ready ? own.render(view) : empty("Getting ready…")),
          view.error ? banner("error", view.error) : null,
          patience === "waiting" ? banner("notice", WAITING) : null,
          h("div", { key: "working", class: "okl-working", "aria-hidden": "true" }, patience === "working" ? "Working…" : ""),
        ]);
        if (wantFocus !== null) {
          const target = byFocusKey(root, wantFocus);
          if (target) {
            wantFocus = null;
            target.focus({ preventScroll: true });
            target.scrollIntoView({ block: "nearest", inline: "nearest" });
          } else if (!outstanding.length) wantFocus = null;
        }
        own.drawn?.(view);
      };

      const onView = () => {
        const view = model.get("view") || {};
        const at = outstanding.indexOf(view.ack);
        if (at >= 0) outstanding = outstanding.slice(at + 1);
        if (!outstanding.length) endPatience();
        draw();
        if (view.say && view.say.n > said) { said = view.say.n; ui.announce(view.say.text); }
        if (view.error) ui.announce(view.error);
      };

      // other front ends listen for keys too
      const keepKeys = (event) => { if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation(); };
      root.addEventListener("keydown", keepKeys);
      model.on("change:view", onView);
      draw();
      return () => {
        model.off("change:view", onView);
        endPatience();
        clearTimeout(liveTimer);
        ui.stopwatch.stop();
        forgetTheme();
        own.destroy?.();
      };
    },
  });

  const WAITING =
    "No answer from the notebook yet. What was kept so far is safe. If this stays, reload this page; in VS Code or Voilà, run the notebook again.";

  return {
    h, morph, widget, roleMark, role, ROLES, button, actions, verdict, reason, line, feedback, disclosure,
    banner, empty, progress, plural, isDark, followTheme,
  };
})();
