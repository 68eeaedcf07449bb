#include "polarity_internal.h"

bool sg_polarity(const sg_reading *r, const sg_polarity_words *words, uint32_t holder_word,
                 uint32_t target_word, float out[SG_PAIR_CLASSES])
{
    const sg_pair_network *network = sg_pair_network_of(r->annotation->model, SG_POLARITY_SECTION);
    sg_pair_features features;

    out[SG_PAIR_POSITIVE] = 0;
    out[SG_PAIR_NEGATIVE] = 0;
    out[SG_PAIR_NEUTRAL] = 1;
    if (network == NULL)
        return false;
    features.count = 0;
    features.mean_count = 0;
    sg_polarity_features_of(r, words, holder_word, target_word, &features);
    sg_pair_probabilities(network, words->vectors, &features, out);
    return true;
}
