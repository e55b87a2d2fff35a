import { constants, setPriority } from 'node:os';

/**
 * Loaded first into every thread of the pool: decoding gives way to the thread of all lanes. On Linux a thread has a
 * priority of its own; elsewhere this would be the whole process's, so there it is left as it is.
 */
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
