import { expose } from 'comlink';
import { localCompute } from '#lib/pipeline/local-compute.ts';
import { createComputeApi } from './compute-api.ts';
import { installErrorTransfer } from './error-transfer.ts';

installErrorTransfer();
expose(createComputeApi(localCompute));
