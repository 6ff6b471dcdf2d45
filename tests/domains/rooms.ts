import { backendsRoom } from "./backends.ts";
import { clusteringRoom } from "./clustering.ts";
import { digitsRoom } from "./digits.ts";
import { evaluationRoom } from "./evaluation.ts";
import { evaluationImagesRoom } from "./evaluation_images.ts";
import { exportRoom } from "./export.ts";
import { filesRoom } from "./files.ts";
import { nn2Room } from "./nn2.ts";
import { plotsRoom } from "./plots.ts";
import { plotsDrawingsRoom } from "./plots_drawings.ts";
import { plotsTripletsRoom } from "./plots_triplets.ts";
import { randomRoom } from "./random.ts";
import type { Room } from "./row.ts";
import { runsRoom } from "./runs.ts";
import { trainingRoom } from "./training.ts";
import { tripletsRoom } from "./triplets.ts";

/** The whole table. */
export const rooms: readonly Room[] = [
  randomRoom,
  backendsRoom,
  digitsRoom,
  nn2Room,
  tripletsRoom,
  trainingRoom,
  runsRoom,
  filesRoom,
  exportRoom,
  evaluationRoom,
  evaluationImagesRoom,
  clusteringRoom,
  plotsRoom,
  plotsDrawingsRoom,
  plotsTripletsRoom,
];
