import type { Figure, PlotlyObject } from "../figures/figure.ts";
import type { DrawnFigure, PlotlyPage } from "./drawn_figure.ts";

/** A slider as `slideshow` makes it. */
interface Slider {
  active: number;
  pad: { t: number };
  steps: { label: string; args: [PlotlyObject, PlotlyObject, number[]] }[];
}

/**
 * Lets the slider of a drawn figure be moved by a button that plays, and by clicks
 * on points. This runs in the page, not here: its source is what a figure's
 * `text/html` holds, so it uses nothing from outside of it.
 *
 * It can be called again after another figure has been drawn there.
 */
export function stepInPage(place: DrawnFigure, figure: Figure): void {
  const Plotly = (globalThis as PlotlyPage).Plotly!;
  const sliderOf = () => (place.layout.sliders as Slider[] | undefined)?.[0];
  const slider = sliderOf();
  const button = "updatemenus[0].buttons[0].label";
  const [arrow, bars] = ["▶\ufe0e", "❚❚"];
  if (figure.play?.interval && slider) {
    Plotly.relayout(place, {
      updatemenus: [{
        type: "buttons",
        showactive: false,
        x: 0,
        xanchor: "left",
        y: 0,
        yanchor: "top",
        pad: { t: slider.pad.t + 10, l: 0 },
        bgcolor: "white",
        bordercolor: "#9ca3af",
        font: { size: 12 },
        buttons: [{ label: arrow, method: "skip" }],
      }],
    });
  }
  const isKnown = place.facenetFigure !== undefined;
  place.facenetFigure = figure;
  if (isKnown) return;

  const go = (step: number) => {
    const [data, layout, traces] = sliderOf()!.steps[step]!.args;
    const active = { "sliders[0].active": step };
    return Plotly.update(place, data, { ...layout, ...active }, traces);
  };
  let isPlaying = false;
  const stop = () => {
    if (isPlaying) Plotly.relayout(place, { [button]: arrow });
    isPlaying = false;
  };
  const play = async () => {
    isPlaying = true;
    Plotly.relayout(place, { [button]: bars });
    const last = sliderOf()!.steps.length - 1;
    let step = sliderOf()!.active;
    if (step >= last) step = -1;
    while (isPlaying && place.isConnected && step < last) {
      await go(++step);
      const wait = place.facenetFigure?.play?.interval;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
    stop();
  };
  place.on("plotly_buttonclicked", () => isPlaying ? stop() : void play());
  place.on("plotly_sliderstart", stop);
  place.on("plotly_click", ({ points: [point] = [] }) => {
    if (!place.facenetFigure?.play?.clickable) return;
    const name = String(point?.customdata);
    const step = sliderOf()?.steps.findIndex(({ label }) => label === name);
    if (step === undefined || step < 0) return;
    stop();
    void go(step);
  });
}
