import type { Modality, ModalityKind, ModalityOf } from '../../protocol/kinds/index.ts';
import type { Shown } from '../../training/kinds/looking.ts';
import type { PilotShown } from '../api/views/pilot.ts';
import { categoryInWorkstation } from './category.ts';
import { imageInWorkstation } from './image.ts';
import type { Drawing, WorkstationKind } from './kind.ts';
import { signalInWorkstation } from './signal.ts';
import { textInWorkstation } from './text.ts';

const kinds: { readonly [K in ModalityKind]: WorkstationKind<ModalityOf<K>> } = {
  image: imageInWorkstation,
  signal: signalInWorkstation,
  text: textInWorkstation,
  category: categoryInWorkstation,
};

/** Table entry of a modality's kind: all that the workstation knows of it beside training. */
export function workstationKind({ kind }: Pick<Modality, 'kind'>): WorkstationKind<Modality> {
  return kinds[kind] as unknown as WorkstationKind<Modality>;
}

/** The form in which the pilot's report keeps a value. @param keep puts a picture aside and gives its number */
export function keptShown(shown: Shown, keep: Parameters<WorkstationKind<Modality>['kept']>[1]): PilotShown {
  return workstationKind(shown).kept(shown, keep);
}

/** The simplest form in which a value of the pilot's report can be drawn on paper. */
export function figureOf(shown: PilotShown): Drawing {
  return workstationKind(shown).figure(shown);
}
