// Scales, ticks and numbers of the charts, and the points that can be moved: joined in front of chart.js.
okl.scale = (from, to, start, end) => {
  const k = to === from ? 0 : (end - start) / (to - from);
  const scale = (v) => start + (v - from) * k;
  scale.invert = (p) => (k ? from + (p - start) / k : from);
  return scale;
};

// Round numbers from min to max, about `count` of them.
okl.ticks = (min, max, count, whole = false) => {
  const raw = (max - min || Math.abs(max) || 1) / Math.max(1, count);
  let size = 10 ** Math.floor(Math.log10(raw));
  if (whole) size = Math.max(1, size);
  const step = size * ((whole && size === 1 ? [1, 2, 5, 10] : [1, 2, 2.5, 5, 10]).find((m) => m * size >= raw * 0.999) || 10);
  const ticks = [];
  for (let i = Math.ceil(min / step - 1e-9); i <= Math.floor(max / step + 1e-9); i += 1) ticks.push(Number((i * step).toPrecision(12)));
  return { step, ticks };
};

// A number as people write it: 1,342,857 or 4.15.
okl.number = (value, digits = 2) =>
  value === null || value === undefined || Number.isNaN(value) ? "–"
    : value.toLocaleString("en-GB", { maximumFractionDigits: digits }).replace("-", "−");

okl.upper = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

okl.chartPoints = (ui) => {
  const { h } = okl;
  let drag = null;

  const SHAPES = {
    circle: (r) => `M${-r} 0A${r} ${r} 0 1 0 ${r} 0A${r} ${r} 0 1 0 ${-r} 0Z`,
    square: (r) => `M${-r} ${-r}H${r}V${r}H${-r}Z`,
    diamond: (r) => `M0 ${-1.5 * r}L${1.5 * r} 0L0 ${1.5 * r}L${-1.5 * r} 0Z`,
    triangle: (r) => `M0 ${-1.4 * r}L${1.3 * r} ${r}H${-1.3 * r}Z`,
  };

  // points: [{ x, y, shape: "circle" | "square" | "diamond" | "triangle", hollow, tone, note, label }]
  // With `onmove(index, value, done)` they can be moved, up and down only: by pointer, by keys (up and
  // down; page keys ten steps), and left and right go from point to point. `selected` is the index of
  // the one that Tab reaches, `onselect(index)` is called when another is chosen, `step` is what a
  // key adds, `grain` what a value is rounded to (default: the step), `min` and `max` bound it, `label` names a point, `text(point)` says its value.
  const drawPoints = (mark, i, at, spec) => {
    const { sx, sy, px } = at;
    const radius = (at.size / 16) * (mark.radius ?? Math.max(3, Math.min(5, (at.right - at.left) / mark.points.length / 3)));
    return h("g", { key: `m${i}` }, mark.points.map((p, n) => {
      const gap = p.y === null || p.y === undefined;
      if (gap && !mark.onmove) return null;
      const chosen = mark.onmove && n === mark.selected;
      const y = gap ? at.bottom : sy(Math.max(at.low, Math.min(at.high, p.y)));
      const slider = mark.onmove ? {
        role: "slider", tabindex: chosen ? "0" : "-1", focusKey: `${spec.key}-${n}`, "aria-label": p.label, "aria-orientation": "vertical",
        "aria-valuemin": mark.min, "aria-valuemax": mark.max, "aria-valuenow": gap ? mark.min : p.y, "aria-valuetext": mark.text(p),
        onkeydown: keysOf(mark, n, spec), onfocus: () => { if (n !== mark.selected) mark.onselect(n); },
      } : null;
      return h("g", { key: n, class: `okl-point okl-tone-${p.tone || mark.tone || "kpi"}${p.hollow ? " okl-hollow-point" : ""}${chosen ? " okl-chosen-point" : ""}`, transform: `translate(${sx(p.x).toFixed(1)} ${y.toFixed(1)})`, ...slider },
        chosen ? h("circle", { class: "okl-handle", r: 22 }) : null,
        h("path", { class: gap ? "okl-gap-point" : "", d: (SHAPES[p.shape] || SHAPES.circle)(gap ? 4 : radius) }),
        p.note ? h("text", { class: "okl-note", y: p.noteBelow ? px * 1.7 : -px * 0.9, "text-anchor": "middle" }, p.note) : null);
    }));
  };

  const keysOf = (mark, n, spec) => (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const go = { ArrowLeft: n - 1, ArrowRight: n + 1, Home: 0, End: mark.points.length - 1 }[event.key];
    const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (go === undefined && by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (go !== undefined) {
      if (!mark.points[go]) return;
      ui.focus(`${spec.key}-${go}`);
      mark.onselect(go);
    } else if (mark.points[n].y !== null) {
      mark.onmove(n, bounded(mark, mark.points[n].y + by * mark.step), true);
    }
  };

  const bounded = (mark, value) => {
    const grain = mark.grain || mark.step;
    const stepped = Number((Math.round(value / grain) * grain).toPrecision(12));
    return Math.max(mark.min, Math.min(mark.max, stepped));
  };

  // A mouse takes the nearest point at once. A finger chooses it with a tap, and then drags its handle,
  // so that it can still scroll the page.
  const pointerOf = (mark, at, spec) => {
    const place = (event) => {
      const box = event.currentTarget.getBoundingClientRect();
      const scale = at.width / box.width;
      return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    };
    const nearest = ([x, y]) => {
      let best = null;
      mark.points.forEach((p, n) => {
        if (p.y === null || p.y === undefined) return;
        const away = Math.hypot((at.sx(p.x) - x) * 1.5, at.sy(p.y) - y);
        if (away < 40 && (!best || away < best.away)) best = { n, away };
      });
      return best?.n;
    };
    return {
      // touch-action on a part of a picture does not keep Chromium from scrolling
      init: (el) => el.addEventListener("touchstart", (event) => {
        if (event.target.classList.contains("okl-handle")) event.preventDefault();
      }, { passive: false }),
      onpointerdown: (event) => {
        if (event.button !== 0) return;
        const onHandle = event.target.classList.contains("okl-handle");
        const n = onHandle ? mark.selected : nearest(place(event));
        if (n === undefined) return;
        ui.focus(`${spec.key}-${n}`);
        mark.onselect(n);
        if (event.pointerType === "touch" && !onHandle) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        drag = { id: event.pointerId, n, y: event.clientY, moved: false, key: spec.key };
      },
      onpointermove: (event) => {
        if (!drag || drag.id !== event.pointerId || drag.key !== spec.key) return;
        if (!drag.moved && Math.abs(event.clientY - drag.y) < 3) return;
        drag.moved = true;
        mark.onmove(drag.n, bounded(mark, at.sy.invert(place(event)[1])), false);
      },
      onpointerup: (event) => endDrag(event, mark, at, place),
      onpointercancel: (event) => endDrag(event, mark, at, null),
    };
  };

  const endDrag = (event, mark, at, place) => {
    if (!drag || drag.id !== event.pointerId) return;
    const { n, moved } = drag;
    drag = null;
    if (moved) mark.onmove(n, place ? bounded(mark, at.sy.invert(place(event)[1])) : null, true); // null: as before
  };

  return { draw: drawPoints, pointer: pointerOf, dragging: () => Boolean(drag?.moved) };
};
