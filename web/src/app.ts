// The islands of the pages. Every page works without them; each does nothing where its elements are missing.
import "../../src/tocsin/export/templates/page.js"; // words and fields that light up together: the same as on the static page
import { foldFacets } from "./facets";
import { explainInPlace } from "./explain";
import { keys } from "./keys";
import { busyForms } from "./busy";
import { savedViews } from "./saved";
import { reviewKeys, sentenceInSight } from "./review";
import { tellOfWork } from "./working";
import { fillSlots } from "./fill";
import { addSelected } from "./add";

foldFacets();
explainInPlace();
keys();
busyForms();
savedViews();
reviewKeys();
sentenceInSight();
fillSlots();
addSelected();
tellOfWork();
