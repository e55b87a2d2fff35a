import { z } from 'zod';
import { Id } from './site.ts';
import { Signal } from './words.ts';

const delayS = z.number().min(0).max(3_600).default(0);

/**
 * When the alarms of some devices are announced. It is for equipment conditions, unless it names signals. What a portal
 * detects may be asked to repeat, sample by sample, and is not delayed: the subject would be gone. A scan or a sample is
 * told once, so nothing can be asked of it.
 */
export const AnnunciationProfile = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, 'must be a name in kebab case'),
    signal: z
      .array(Signal.extract(['condition', 'gamma', 'neutron']))
      .min(1)
      .default(['condition']),
    /** Codes of conditions. */
    code: z.array(z.string().min(1)).min(1).optional(),
    device: z.array(Id).min(1).optional(),
    lane: z.array(Id).min(1).optional(),
    /** It must be there so long before it is announced, and gone so long before it has returned. */
    onDelayS: delayS,
    offDelayS: delayS,
    /** It must have come so often within the window: a condition anew, a detection by alarming samples. */
    repeatCount: z.int().min(1).max(10).default(1),
    repeatWindowS: z.number().min(1).max(3_600).default(60),
    /**
     * What has returned is put before the operator again only by a value that is more than so much above its threshold, in
     * percent of that (ISA-18.2, alarm deadband: a signal that hovers at its limit is one alarm, not many).
     */
    deadbandPercent: z.number().min(0).max(100).default(0),
  })
  .refine(
    ({ signal, onDelayS, offDelayS }) => onDelayS + offDelayS === 0 || signal.every((one) => one === 'condition'),
    {
      message: 'a detection cannot be delayed: the subject would be gone; ask for a repeatCount of samples',
    },
  )
  .refine(({ signal, deadbandPercent }) => deadbandPercent === 0 || !signal.includes('condition'), {
    message: 'a condition carries no value: give its deadband in the device’s own profile',
  });

export type AnnunciationProfile = z.infer<typeof AnnunciationProfile>;
