/* stub. SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>
#include "psoas/quantity.h"
static const ps_quantity L[] = {
 {"L4_L5_compression","c","N",PS_PATHWAY_COMPRESSION,0,true},{"t","t","N m",PS_PATHWAY_THORACIC,0,true},{"p","p","rad",PS_PATHWAY_PELVIS,0,true},{"co","co","-",PS_PATHWAY_COMPENSATION,0,true},{"n","n","Pa",PS_PATHWAY_NERVE,1,true},
 {"L5_S1_compression","c","N",PS_PATHWAY_COMPRESSION,0,false},{"L3_L4_compression","c","N",PS_PATHWAY_COMPRESSION,0,false},{"L2_L3_compression","c","N",PS_PATHWAY_COMPRESSION,0,false},{"L1_L2_compression","c","N",PS_PATHWAY_COMPRESSION,0,false},{"T12_L1_compression","c","N",PS_PATHWAY_COMPRESSION,0,false}};
const ps_quantity *ps_quantity_list(int *n){*n=10;return L;}
void ps_quantity_read(const ps_solution*s,int task,double*out){(void)task; for(int k=0;k<5;k++) out[k]=ps_tightness_pathway((ps_pathway)k,s->recruit,s->load,s->state); out[2]=s->recruit->model->stance.asis_psis+s->found.pelvis_tilt; const int lev[]={0,2,3,4,5}; for(int k=0;k<5;k++) out[5+k]=s->load->level[lev[k]].total.compression;}
void ps_quantity_compare(const ps_effect*e,double*a,double*r){double x[10],y[10]; for(int i=0;i<2;i++){double*o=i?r:a; ps_quantity_read(i?&e->task[0].released:&e->task[0].as_is,0,o); ps_quantity_read(i?&e->task[1].released:&e->task[1].as_is,1,x); ps_quantity_read(i?&e->task[2].released:&e->task[2].as_is,1,y); o[4]=0.5*(x[4]+y[4]);}}
