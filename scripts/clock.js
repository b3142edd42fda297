// The seconds that something takes, counted on the screen while it runs. Elsewhere, as in a log, a line at its start.

/** Runs `work` under a label, which may change meanwhile: on a terminal `Building  4 s`, on standard error. */
export async function withClock(label, work, stream = process.stderr) {
  const text = () => (typeof label === 'function' ? label() : label);
  if (!stream.isTTY) {
    stream.write(`${text()}\n`);
    return work();
  }
  const started = performance.now();
  const draw = (digits = 0) => {
    const seconds = `  ${((performance.now() - started) / 1000).toFixed(digits)} s`;
    stream.write(`\r\x1b[K${text().slice(0, (stream.columns || 80) - seconds.length - 3)}${seconds}`); // room for ^C
  };
  draw();
  const timer = setInterval(() => draw(), 1000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    draw(1);
    stream.write('\n');
  }
}
