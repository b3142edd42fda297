// The camera and its moves that take time.
import type { Camera } from '../../state.ts';
import { between, bounded, eased, type Seen } from './camera-moves.ts';

/**
 * Who learns of a move: each picture of a user's move is reported, of a move to given words the end, of the program's
 * nothing.
 */
export type Reported = 'always' | 'end' | 'never';

export interface CameraMotion {
  readonly now: Camera;
  /** Where the camera will be when it rests. */
  readonly goal: Camera;
  /** `duration` in milliseconds; 0: at once. */
  moveTo(camera: Camera, duration: number, reported: Reported): void;
  /** Goes on to a time; whether the camera has moved since the last call, and whether that is to be reported. */
  step(time: number): { moved: boolean; report: boolean; resting: boolean };
}

export function cameraMotion(seen: () => Seen): CameraMotion {
  let now: Camera = { x: 0, y: 0, z: 0, zoom: 1, yaw: 0, pitch: 0 };
  let moved = false;
  let report = false;
  let move: { from: Camera; to: Camera; start: number | undefined; duration: number; reported: Reported } | undefined;
  return {
    get now() {
      return now;
    },
    get goal() {
      return move?.to ?? now;
    },
    moveTo(camera, duration, reported) {
      const to = bounded(camera, seen());
      if (duration > 0) {
        move = { from: now, to, start: undefined, duration, reported };
        return;
      }
      move = undefined;
      now = to;
      moved = true;
      report ||= reported !== 'never';
    },
    step(time) {
      if (move) {
        move.start ??= time;
        const share = Math.min(1, (time - move.start) / move.duration);
        now = share === 1 ? move.to : between(move.from, move.to, eased(share));
        moved = true;
        report ||= move.reported === 'always' || (share === 1 && move.reported === 'end');
        if (share === 1) move = undefined;
      }
      const result = { moved, report, resting: move === undefined };
      moved = false;
      report = false;
      return result;
    },
  };
}
