import { posix } from 'node:path';
import { pictureEnding } from '../../../cells/images/picture-ending.ts';

/** A part that several pictures show, by what each is a view of. */
interface ViewedPart {
  /** Its folders and its name, with slashes. */
  readonly key: string;
  readonly pictures: ReadonlyMap<string, string>;
}

/** Pictures of which several show one part. */
export interface PartViews {
  /** What they are views of, as the files or folders name it: `cam1`, `top`. */
  readonly views: readonly string[];
  readonly parts: readonly ViewedPart[];
}

/** Words by which people call a camera, or a side of a part. */
const cameraWord = new RegExp(
  `^(${[
    ...[
      'cam',
      'camera',
      'view',
      'station',
      'top',
      'bottom',
      'front',
      'back',
      'rear',
      'side',
      'left',
      'right',
    ],
    ...[
      'upper',
      'lower',
      'inside',
      'outside',
      'カメラ',
      '視点',
      '表',
      '裏',
      '表面',
      '裏面',
      '正面',
      '側面',
      '背面',
    ],
    ...['上面', '下面', '左', '右', '上', '下', '左側', '右側', '内側', '外側'],
  ].join('|')})[-_ ]?(\\d{1,3}|[a-d])?$`,
  'i',
);
/** True if a word is what people call a camera, or a side of a part. */
export function isCameraWord(word: string): boolean {
  return cameraWord.test(word.normalize('NFKC'));
}

/** More are no views of one part, but parts. */
export const mostViews = 8;
/** Share of the parts that have to have more than one view. */
const leastSeveral = 0.5;

/** One way of calling pictures: what one is a view of, and of which part. */
type Calling = (folders: readonly string[], name: string) => { view: string; key: string } | undefined;

/** Ways in which cameras are told apart; `isView` says what may be the name of one. */
function callings(isView: (word: string) => boolean): readonly Calling[] {
  return [
    // cam1/P001, 2026-03-01/cam1/P001
    (folders, name) => {
      const at = folders.findLastIndex(isView);
      return at < 0 ? undefined : { view: folders[at]!, key: [...folders.toSpliced(at, 1), name].join('/') };
    },
    // P001/top
    (folders, name) =>
      folders.length > 0 && isView(name) ? { view: name, key: folders.join('/') } : undefined,
    // P001_top
    (folders, name) => {
      const [, part, view] = /^(.+?)[-_. ]+([^-_. ]+(?:[-_ ]\d{1,3})?)$/.exec(name) ?? [];
      return part && view && isView(view) ? { view, key: [...folders, part].join('/') } : undefined;
    },
  ];
}

/**
 * The parts that pictures show, where several show one: in a folder for each camera (`cam1/P1.jpg`), in a folder for each part
 * (`P1/top.jpg`), or by the end of their names (`P1_top.jpg`).
 * @param pictures relative to a folder, with slashes
 * @param isSaid whether a person says that it is so, whatever the cameras are called
 * @returns undefined where each picture is a part
 */
export function partViews(pictures: readonly string[], isSaid: boolean): PartViews | undefined {
  const isView = (word: string) => isSaid || isCameraWord(word);
  for (const call of callings(isView)) {
    const found = viewsBy(pictures, call);
    if (found) return found;
  }
  return undefined;
}

function viewsBy(pictures: readonly string[], call: Calling): PartViews | undefined {
  const parts = new Map<string, Map<string, string>>();
  const views = new Set<string>();
  for (const path of pictures) {
    const called = call(path.split('/').slice(0, -1), posix.basename(path).replace(pictureEnding, ''));
    if (!called) return undefined;
    views.add(called.view);
    if (views.size > mostViews) return undefined;
    const part = parts.get(called.key) ?? new Map<string, string>();
    // Two pictures of one view are two parts.
    if (part.has(called.view)) return undefined;
    parts.set(called.key, part.set(called.view, path));
  }
  const several = [...parts.values()].filter((part) => part.size > 1).length;
  if (several === 0 || several < leastSeveral * parts.size) return undefined;
  return {
    views: [...views].sort((one, other) => one.localeCompare(other, 'en', { numeric: true })),
    parts: Array.from(parts, ([key, own]) => ({ key, pictures: own })).sort((one, other) =>
      one.key < other.key ? -1 : 1,
    ),
  };
}
