// ConvNetJS's MNIST net and its settings, on images of noise: examples a second, and milliseconds of forward passes.
// node convnetjs.cjs FOLDER SECONDS; FOLDER is that of the npm package convnetjs. Prints JSON.
const path = require("path");
const convnetjs = require(path.resolve(process.argv[2], "build", "convnet.js"));
const seconds = Number(process.argv[3]);
const SIDE = 24;

const net = new convnetjs.Net();
net.makeLayers([
  { type: "input", out_sx: SIDE, out_sy: SIDE, out_depth: 1 },
  { type: "conv", sx: 5, filters: 8, stride: 1, pad: 2, activation: "relu" },
  { type: "pool", sx: 2, stride: 2 },
  { type: "conv", sx: 5, filters: 16, stride: 1, pad: 2, activation: "relu" },
  { type: "pool", sx: 3, stride: 3 },
  { type: "softmax", num_classes: 10 },
]);
const trainer = new convnetjs.SGDTrainer(net, { method: "adadelta", batch_size: 20, l2_decay: 0.001 });

const images = Array.from({ length: 200 }, () => {
  const image = new convnetjs.Vol(SIDE, SIDE, 1, 0);
  for (let pixel = 0; pixel < SIDE * SIDE; pixel++) image.w[pixel] = Math.random();
  return image;
});

const now = () => Number(process.hrtime.bigint()) / 1e9;

function timed(work) {
  const started = now();
  work();
  return now() - started;
}

// Calls `work` until the time is over; milliseconds of each call.
function repeated(work) {
  const samples = [];
  for (const end = now() + seconds; now() < end; ) samples.push(timed(work) * 1e3);
  return samples;
}

let seen = 0;
const train = () => {
  for (let each = 0; each < 20; each++, seen++) trainer.train(images[seen % 200], seen % 10);
};
const one = () => net.forward(images[seen++ % 200]);
const batch = () => images.forEach((image) => net.forward(image));

for (const work of [train, one, batch]) work();
const found = { train: repeated(train), one: repeated(one), batch: repeated(batch) };
console.log(JSON.stringify(found));
