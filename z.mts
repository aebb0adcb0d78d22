import { readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import { evaluate } from './src/learn/evaluate.ts';
import { featureScales } from './src/learn/batch.ts';
import { FEATURES, COLUMN } from './src/rank/feature-specs.ts';
import { FEATURE_PRIORS } from './src/rank/feature-priors.ts';
import { narrowList, ofNarrow } from './src/learn/narrow-list.ts';
import { plainUpdate } from './src/learn/plain-update.ts';
import { FEDERATED_FEATURES } from './src/cli/coordinator/federated-features.ts';
import { noiseMultiplierFor } from './src/privacy/accountant.ts';
const load=(n:string)=>deserialize(readFileSync('/tmp/people-'+n+'.bin')) as any;
const start=Float64Array.from(JSON.parse(readFileSync('/tmp/start.json','utf8')));
const oth=[...load('eshop2008').people.slice(0,1500),...load('trivago-mini').people.slice(0,1500)].flatMap((p:any)=>p.lists);
const sc=featureScales(oth,FEATURES.length);
const o=load('onlineretail');
const sc2=featureScales(o.people.slice(0,500).flatMap((p:any)=>p.lists),FEATURES.length);
const cols=FEDERATED_FEATURES.map(f=>(COLUMN as any)[f]);
if(process.argv[2]==='scales'){ FEDERATED_FEATURES.forEach((f,i)=>console.log(f, sc[cols[i]].toFixed(3), sc2[cols[i]].toFixed(3), start[cols[i]].toFixed(3))); process.exit(); }
const q=(w:Float64Array)=>evaluate({kind:'linear',id:'x@1',features:FEATURES,weights:w} as any,o.heldOut).mrr;
const clampW=(w:Float64Array)=>w.map((v,i)=>{const s=FEATURE_PRIORS[FEATURES[i]!].sign; return s===1?Math.max(0,v):s===-1?Math.min(0,v):v});
const SCM=process.argv[2]||'own'; const scales=cols.map((c:number)=>SCM==='own'?Math.max(0.1,sc2[c]!):SCM==='const'?0.2:Math.max(0.1,sc[c]!)); 
let seed=1; const rnd=()=>{seed=(seed+0x6d2b79f5)|0;let t=Math.imul(seed^(seed>>>15),1|seed);t=(t+Math.imul(t^(t>>>7),61|t))^t;return((t^(t>>>14))>>>0)/2**32};
const gauss=()=>Math.sqrt(-2*Math.log(1-rnd()))*Math.cos(2*Math.PI*rnd());
const S0=q(start); console.log('start',S0.toFixed(4));
function fed(people:any[],{T,K,lr,clip,eps,slr,mom=0}:any){
  let w=start.slice(); const v=new Float64Array(cols.length); const norms:number[]=[];
  const z= eps===Infinity?0:noiseMultiplierFor(eps,1e-6,T);
  for(let t=0;t<T;t++){
    const sum=new Float64Array(cols.length);
    const nw=ofNarrow(cols,w,scales);
    for(const p of people){ const u=plainUpdate(p.narrow,{...nw,steps:K,learningRate:lr}).slice(0,cols.length); const n=Math.hypot(...u); norms.push(n); const f=Math.min(1,clip/n||1); for(let i=0;i<u.length;i++) sum[i]+=u[i]!*f; }
    for(let i=0;i<sum.length;i++){ const m=(sum[i]!+ (z?gauss()*z*clip*Math.SQRT2:0))/people.length; v[i]=mom*v[i]!+m; w[cols[i]]! += slr*v[i]!/scales[i]!; }
    w=clampW(w);
  }
  norms.sort((a,b)=>a-b);
  return [q(w), norms[norms.length>>1]];
}
export {};
for(const p of o.people) p.narrow=p.lists.map((l:any)=>narrowList(l,cols,start));
const shuf=[...o.people].sort(()=>rnd()-.5);

for (const N of [100,300,1000,3000]) { const ls=shuf.slice(0,N).flatMap((p:any)=>p.narrow); let w=start.slice(); const out:string[]=[]; const v=new Float64Array(cols.length);
 for(let e=0;e<(N>=3000?60:200);e++){ const nw=ofNarrow(cols,w,scales); const u=plainUpdate(ls,{...nw,steps:1,learningRate:.5}); for(let i=0;i<cols.length;i++){ v[i]=.8*v[i]!+u[i]!-.5*20/ls.length*0; w[cols[i]]!+=v[i]!/scales[i]!;} w=clampW(w); if([20,40,60,100,150,199].includes(e)) out.push(`${e}:${(q(w)-S0).toFixed(4)}`);} console.log('central',N,out.join(' ')); }
for(const cfg of [{K:4,lr:.3,clip:.3,slr:1},{K:4,lr:.3,clip:.3,slr:2},{K:4,lr:.3,clip:.3,slr:3},{K:4,lr:.1,clip:.2,slr:3}]) for (const T of [6]) {
  const r:any[]=[]; for(const [N,eps] of [[100,Infinity],[100,2],[100,2],[300,Infinity],[300,2],[300,2],[300,1],[1000,2]] as any) { const x=fed(shuf.slice(0,N),{T,...cfg,eps}); r.push(`N${N} e${eps}: ${(x[0]-S0).toFixed(4)}`);  }
  console.log(SCM,JSON.stringify({T,...cfg}), r.join('  '));
}
