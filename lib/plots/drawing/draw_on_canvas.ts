/** A stroke as it is drawn: its points `[x, y]`, from 0 to 1. */
export type OpenStroke = [number, number][];

/** A sheet of a page that can be drawn on. */
export interface Sheet {
  /** What has been drawn with the pen. */
  strokes: OpenStroke[];
  /** Whether the pen is down and has not gone farther than a dot. */
  isDot(): boolean;
  /** Takes the last stroke away. */
  undo(): void;
  /** An empty sheet, or one with a picture that was put there. */
  clear(picture?: CanvasImageSource): void;
}

/**
 * Makes a canvas a sheet to draw on: with a mouse, a finger or a pen, or with the
 * arrow keys, where the space bar puts the pen down and lifts it. This runs in the page, not here: its
 * source is what the output holds, so it uses nothing from outside of it.
 *
 * @param start What is drawn at first.
 * @param pen How wide the pen is, in shares of the side.
 * @param changed Called at each change with the time of the event that made it, as
 * `performance.now()` counts.
 * @param isExample Whether the first stroke takes away what is drawn at first.
 */
export function drawOnCanvas(
  canvas: HTMLCanvasElement,
  start: OpenStroke[],
  pen: number,
  changed: (time: number) => void,
  isExample = false,
): Sheet {
  const context = canvas.getContext("2d")!;
  let startsAnew = isExample;
  let underneath: CanvasImageSource | undefined;
  let cursor: [number, number] | undefined;
  let isDown = false;
  let pointer: number | undefined;
  const sheet: Sheet = {
    strokes: start.map((stroke) => [...stroke]),
    isDot() {
      const points = sheet.strokes.flat();
      const across = [0, 1].map((axis) => {
        const values = points.map((point) => point[axis]!);
        return Math.max(...values) - Math.min(...values);
      });
      return (pointer !== undefined || isDown) &&
        Math.max(...across) < 2 * pen;
    },
    undo() {
      sheet.strokes.pop();
      lay();
    },
    clear(picture) {
      sheet.strokes = [];
      underneath = picture;
      lay();
    },
  };
  /** A stroke that is taken away does not go on. */
  const lay = () => {
    isDown = false;
    pointer = undefined;
    paint();
  };
  const paint = () => {
    const size = canvas.width;
    context.fillStyle = "white";
    context.fillRect(0, 0, size, size);
    if (underneath) context.drawImage(underneath, 0, 0, size, size);
    context.strokeStyle = "#24292f";
    context.lineWidth = pen * size;
    context.lineCap = context.lineJoin = "round";
    for (const stroke of sheet.strokes) {
      context.beginPath();
      const [x, y] = stroke[0]!;
      context.moveTo(x * size, y * size);
      // A line without length is not drawn, and a dot should be seen.
      context.lineTo(x * size + 0.01, y * size);
      for (const [x, y] of stroke) context.lineTo(x * size, y * size);
      context.stroke();
    }
    if (!cursor) return;
    context.beginPath();
    context.arc(cursor[0] * size, cursor[1] * size, pen * size, 0, 7);
    context.strokeStyle = isDown ? "#d9580d" : "#2f7fc1";
    context.lineWidth = 2;
    context.stroke();
  };
  const begin = (point: [number, number]) => {
    if (underneath || startsAnew) sheet.strokes = [];
    underneath = undefined;
    startsAnew = false;
    sheet.strokes.push([point]);
  };
  const within = (value: number) =>
    Math.round(1000 * Math.min(1, Math.max(0, value))) / 1000;
  const at = ({ clientX, clientY }: MouseEvent): [number, number] => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return [within((clientX - left) / width), within((clientY - top) / height)];
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || pointer !== undefined) return;
    event.preventDefault();
    canvas.focus();
    pointer = event.pointerId;
    canvas.setPointerCapture(pointer);
    cursor = undefined;
    begin(at(event));
    paint();
    changed(event.timeStamp);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pointer) return;
    const stroke = sheet.strokes.at(-1)!;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length > 0 ? events : [event]) {
      const point = at(each);
      const [x, y] = stroke.at(-1)!;
      // Nearer than this nothing is seen.
      if (Math.hypot(point[0] - x, point[1] - y) > 0.006) stroke.push(point);
    }
    paint();
    changed(event.timeStamp);
  });
  const lift = ({ pointerId, timeStamp }: PointerEvent) => {
    if (pointerId !== pointer) return;
    pointer = undefined;
    changed(timeStamp);
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("blur", () => {
    cursor = undefined;
    isDown = false;
    paint();
  });
  canvas.addEventListener("keydown", (event) => {
    const { key, timeStamp } = event;
    // Those are the browser's, such as Alt and an arrow key to go back.
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = ({
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    } as Record<string, [number, number]>)[key];
    if (!step && key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    cursor ??= [0.5, 0.5];
    if (step) {
      cursor = [
        within(cursor[0] + step[0] / 28),
        within(cursor[1] + step[1] / 28),
      ];
      if (isDown) sheet.strokes.at(-1)!.push(cursor);
    } else {
      isDown = !isDown;
      if (isDown) begin(cursor);
    }
    // A picture that was put there ends with the first stroke.
    if (isDown || !step) changed(timeStamp);
    paint();
  });
  paint();
  return sheet;
}
