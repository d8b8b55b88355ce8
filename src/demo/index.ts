export { hospitalRequests } from './hospital/hospital.ts'
export { hospital } from './hospital/story.ts'
