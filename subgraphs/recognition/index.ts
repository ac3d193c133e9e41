export { buildRecognitionSdl } from './graphql/build-recognition-schema.js'
export {
  type RecognitionOptions,
  type RunningRecognition,
  startRecognition,
} from './start-recognition.js'
export {
  type GenerateProgress,
  generateHistories,
} from './statistics/synthetic/generate-histories.js'
