#include <string.h>

#include "event_internal.h"
#include "stance_rules.h"

/* Sides that are taken without a verb for it, that things draw from others, and that deeds show. */

static bool is_somebody(const sg_reading *r, uint32_t word)
{
    uint32_t actor = sg_actor_at(r, word);

    return sg_is_first_person(r, word) ||
           (actor != SG_NO_ACTOR && r->actors[actor].kind == SG_ACTOR_PERSON);
}

/* "Alleged that A was behind it", "A is behind the theft", says somebody: against A. */
static bool is_suspected(sg_rule_finder *f, uint32_t deed, uint32_t who)
{
    static const sg_cue charge = { "", "", 1, SG_CUE_VERB, SG_CUE_BLAME, 2 };
    const sg_reading *r = f->r;
    uint32_t verb = r->info[deed].head;
    const sg_cue *above = verb != SG_NO_WORD ? sg_stance_cue(r, verb) : NULL;
    bool blamed = above != NULL && above->class == SG_CUE_VERB &&
                  (above->kind == SG_CUE_BLAME || above->sign < 0) &&
                  sg_word_is_rel(r, deed, SG_CCOMP);
    bool bad = sg_worth(r, deed, 0) < 0;
    uint32_t holder;

    if (sg_negation(r, deed) < 0 || !(blamed || bad))
        return false;
    holder = blamed ? sg_rule_holder(f, sg_rule_subject(r, verb, above), verb)
                    : sg_rule_speaker(f, deed);
    sg_rule_about(f, who, holder, -1, deed, &charge);
    return holder != SG_NO_ACTOR && bad;
}

/* "Is against the levy", "are not in favour of it", "was behind her". */
static void lean(sg_rule_finder *f, uint32_t word)
{
    static const sg_cue leaning = { "", "", 1, SG_CUE_ADJECTIVE, SG_CUE_ATTITUDE, 3 };
    static const char *const norms[] = { "law",    "constitution", "rule",      "interest",
                                         "nature", "principle",    "tradition", "convention" };
    const sg_reading *r = f->r;
    uint32_t preposition = sg_child(r, word, SG_CASE);
    uint32_t subject = sg_child(r, word, SG_NSUBJ);
    int sign;

    if (preposition == SG_NO_WORD || subject == SG_NO_WORD ||
        (preposition > 0 && sg_word_is(r, preposition - 1, "neither")))
        return;
    if (sg_word_is(r, preposition, "against") && SG_IS_ONE_OF(r->info[word].lemma, norms)) {
        sg_rule_about(f, subject, sg_rule_speaker(f, word), -sg_negation(r, word), word, &leaning);
        return; /* "it is against the law" */
    }
    if (sg_word_is(r, preposition, "behind") && sg_principal_at(r, word) == SG_NO_ACTOR &&
        is_suspected(f, word, subject))
        return;
    sign = sg_word_is(r, preposition, "against")  ? -1
           : sg_word_is(r, preposition, "behind") ? 1
           : sg_word_is(r, preposition, "for") && sg_child(r, word, SG_COP) != SG_NO_WORD &&
                   is_somebody(r, subject)
               ? 1
               : 0;
    if (sign != 0)
        sg_rule_about_joined(f, word, sg_rule_holder(f, subject, word), sign * sg_negation(r, word),
                             word, &leaning);
}

/* "Is against building it": sg_negation() turns the deed. */
static void lean_to_deed(sg_rule_finder *f, uint32_t verb)
{
    static const sg_cue leaning = { "", "", 1, SG_CUE_VERB, SG_CUE_ATTITUDE, 3 };
    uint32_t against = sg_child(f->r, verb, SG_MARK);

    if (against == SG_NO_WORD || !sg_is_against_doing(f->r, against, verb) ||
        sg_child(f->r, verb, SG_NSUBJ) == SG_NO_WORD)
        return;
    f->strength = leaning.strength;
    sg_rule_follow(f, verb, sg_rule_holder(f, sg_child(f->r, verb, SG_NSUBJ), verb), 1, verb,
                   &leaning, 1);
    f->strength = 0;
}

/* "Came under fire from X": X is against who did. */
static void come_under(sg_rule_finder *f, uint32_t verb)
{
    static const sg_cue fire = { "", "", 1, SG_CUE_VERB, SG_CUE_BLAME, 3 };
    static const char *const lemmas[] = { "fire", "attack", "criticism", "scrutiny" };
    const sg_reading *r = f->r;
    uint32_t noun = sg_with_preposition(r, verb, "under", 5);
    uint32_t thing = sg_child(r, verb, SG_NSUBJ);
    uint32_t holder;

    if (noun == SG_NO_WORD || thing == SG_NO_WORD || !SG_IS_ONE_OF(r->info[noun].lemma, lemmas))
        return;
    holder = sg_with_preposition(r, verb, "from", 4);
    if (holder == SG_NO_WORD)
        holder = sg_with_preposition(r, noun, "from", 4);
    if (holder != SG_NO_WORD)
        sg_rule_about(f, thing, sg_rule_holder(f, holder, verb), -1, verb, &fire);
}

static bool is_losing(const sg_reading *r, uint32_t verb)
{
    static const char *const lemmas[] = { "lose", "lack", "forfeit", "squander" };

    return SG_IS_ONE_OF(r->info[verb].lemma, lemmas);
}

/* "The levy drew criticism from X", "it met with anger among them". */
static void draw(sg_rule_finder *f, uint32_t verb)
{
    static const char *const froms[] = { "from", "by", "among", "of" };
    const sg_reading *r = f->r;
    uint32_t thing;
    uint32_t noun;
    const sg_cue *cue;

    if (strcmp(r->info[verb].lemma, "come") == 0)
        come_under(f, verb);
    if (!sg_is_getting(r, verb))
        return;
    thing = sg_subject_of(r, verb);
    if (thing == SG_NO_WORD)
        return;
    noun = sg_child(r, verb, SG_OBJ);
    if (noun == SG_NO_WORD)
        noun = sg_with_preposition(r, verb, "with", 4);
    if (noun == SG_NO_WORD)
        noun = sg_with_preposition(r, verb, "into", 4); /* "ran into resistance from X" */
    cue = noun != SG_NO_WORD ? sg_stance_cue(r, noun) : NULL;
    if (cue == NULL || cue->class != SG_CUE_NOUN || cue->sign == 0)
        return;
    for (size_t i = 0; i < sizeof froms / sizeof *froms; i++) {
        uint32_t holder = sg_with_preposition(r, noun, froms[i], strlen(froms[i]));

        if (holder == SG_NO_WORD)
            holder = sg_with_preposition(r, verb, froms[i], strlen(froms[i]));
        if (holder == SG_NO_WORD && i == 0)
            holder = sg_child(r, noun, SG_NMOD_POSS); /* "has my support" */
        if (holder != SG_NO_WORD)
            sg_rule_about_joined(f, thing, sg_rule_holder(f, holder, verb),
                                 cue->sign * sg_negation(r, verb) * sg_negation(r, noun) *
                                     (is_losing(r, verb) ? -1 : 1),
                                 noun, cue);
    }
}

/* "Approved it despite opposition from A", "to the delight of A": what A thinks of the deed. */
static void accompany(sg_rule_finder *f, uint32_t noun, const sg_cue *cue)
{
    static const char *const cases[] = { "despite", "amid",    "against", "over",      "to",
                                         "with",    "without", "after",   "following", "at" };
    static const char *const froms[] = { "from", "by", "among", "of" };
    const sg_reading *r = f->r;
    uint32_t verb = r->info[noun].head;
    uint32_t marker = sg_child(r, noun, SG_CASE);
    int sign = cue->sign * sg_negation(r, noun) *
               (marker != SG_NO_WORD && sg_word_is(r, marker, "against") ? -1 : 1);

    if (!sg_word_is_rel(r, noun, SG_OBL) || marker == SG_NO_WORD || verb == SG_NO_WORD ||
        verb > noun || !SG_IS_ONE_OF(r->lower[marker], cases) || cue->strength < 2 ||
        cue->class != SG_CUE_NOUN)
        return;
    for (size_t i = 0; i <= sizeof froms / sizeof *froms; i++) {
        uint32_t holder = i == sizeof froms / sizeof *froms
                              ? sg_child(r, noun, SG_NMOD_POSS) /* "over her objection" */
                              : sg_with_preposition(r, noun, froms[i], strlen(froms[i]));

        if (holder == SG_NO_WORD || sg_principal_at(r, holder) == SG_NO_ACTOR)
            continue;
        sg_rule_follow(f, verb, sg_rule_holder(f, holder, noun), sign, noun, cue, 1);
        return;
    }
}

/* "Their demands include closing it", "her wish is to close it". */
static void include(sg_rule_finder *f, uint32_t noun)
{
    static const sg_cue aim = { "", "", 1, SG_CUE_NOUN, SG_CUE_DEMAND, 2 };
    static const char *const aims[] = { "policy",    "priority", "goal",    "aim",
                                        "objective", "ambition", "mission", "dream" };
    const sg_cue *known = sg_stance_cue(f->r, noun);
    const sg_cue *cue = known != NULL && known->class == SG_CUE_NOUN && known->kind == SG_CUE_DEMAND
                            ? known
                        : SG_IS_ONE_OF(f->r->info[noun].lemma, aims) ? &aim
                                                                     : NULL;
    const sg_reading *r = f->r;
    uint32_t verb = r->info[noun].head;
    uint32_t what;
    uint32_t owner;

    if (verb == SG_NO_WORD || !sg_word_is_rel(r, noun, SG_NSUBJ))
        return;
    what = strcmp(r->info[verb].lemma, "include") == 0 ? sg_child(r, verb, SG_OBJ) : verb;
    if (what == SG_NO_WORD)
        what = sg_child(r, verb, SG_XCOMP);
    owner = sg_child(r, noun, SG_NMOD_POSS);
    if (what == SG_NO_WORD || owner == SG_NO_WORD ||
        (what == verb && sg_child(r, verb, SG_COP) == SG_NO_WORD))
        return;
    if (cue == NULL)
        return;
    f->strength = cue->strength;
    if (sg_word_is_upos(r, what, SG_VERB))
        sg_rule_follow(f, what, sg_rule_holder(f, owner, noun), cue->sign, noun, cue, 1);
    else
        sg_rule_about_joined(f, what, sg_rule_holder(f, owner, noun), cue->sign, noun, cue);
}

/* "Made a legal challenge", "staged a walkout", where that is the position: who does it is for it.
 */
static void undertake(sg_rule_finder *f, uint32_t verb)
{
    static const sg_cue doing = { "", "", 1, SG_CUE_VERB, SG_CUE_ACT, 2 };
    static const char *const lemmas[] = { "make",     "file",     "launch",   "hold",  "stage",
                                          "lead",     "organise", "organize", "mount", "begin",
                                          "start",    "issue",    "submit",   "lodge", "bring",
                                          "announce", "plan",     "conduct",  "carry", "undertake",
                                          "order",    "declare",  "impose",   "enter", "sign" };
    sg_reading *r = f->r;
    sg_position_name name;
    uint32_t deed;
    uint32_t position;

    if (!SG_IS_ONE_OF(r->info[verb].lemma, lemmas) || f->done[verb] ||
        r->options.codebook == NULL || sg_is_open(r, verb))
        return;
    deed = sg_child(r, verb, SG_OBJ);
    if (deed == SG_NO_WORD)
        return;
    position = sg_position_at(r, deed);
    if (position == SG_NO_POSITION)
        return;
    name = sg_position_name_of(r, position);
    if (sg_is_deed_of(r, &name, deed, false) ||
        (sg_event_word_at(r, deed) != NULL && sg_position_named_by(r, deed) == position))
        sg_rule_about(f, deed, sg_rule_holder(f, sg_subject_of(r, verb), verb),
                      sg_negation(r, verb), verb, &doing);
}

/* The cue that the noun is or ends: "light" of "green light". */
static const sg_cue *cue_ending_in(const sg_reading *r, uint32_t noun)
{
    const sg_cue *cue = sg_stance_cue(r, noun);

    if (cue == NULL && noun > sg_sentence_first(r, noun) && r->info[noun - 1].head == noun) {
        cue = sg_stance_cue(r, noun - 1);
        if (cue != NULL && strcmp(cue->rest, r->info[noun].lemma) != 0)
            cue = NULL;
    }
    return cue;
}

/* "Gave the plan his backing", "denied it her support". */
static void give(sg_rule_finder *f, uint32_t verb)
{
    static const char *const lemmas[] = { "give", "lend", "offer", "grant", "deny" };
    const sg_reading *r = f->r;
    uint32_t noun = SG_NO_WORD;
    uint32_t thing;
    const sg_cue *cue;

    if (!SG_IS_ONE_OF(r->info[verb].lemma, lemmas))
        return;
    thing = sg_child(r, verb, SG_IOBJ);
    for (uint32_t w = verb + 1; w < sg_sentence_past(r, verb); w++) {
        if (r->info[w].head != verb || !sg_word_is_rel(r, w, SG_OBJ))
            continue;
        if (thing == SG_NO_WORD)
            thing = w; /* of two objects the first */
        else
            noun = w;
    }
    cue = noun != SG_NO_WORD ? cue_ending_in(r, noun) : NULL;
    if (cue == NULL || cue->class != SG_CUE_NOUN || cue->sign == 0 || cue->strength < 2)
        return;
    sg_rule_about(f, thing, sg_rule_holder(f, sg_subject_of(r, verb), verb),
                  cue->sign * sg_negation(r, verb) * sg_negation(r, noun) *
                      (strcmp(r->info[verb].lemma, "deny") == 0 ? -1 : 1),
                  noun, cue);
}

/* "Under A's plan it would be closed": A wants it. */
static void provide(sg_rule_finder *f, uint32_t noun)
{
    static const sg_cue plan = { "", "", 1, SG_CUE_NOUN, SG_CUE_ACT, 2 };
    const sg_reading *r = f->r;
    uint32_t verb = r->info[noun].head;
    uint32_t owner;

    if (verb == SG_NO_WORD || !sg_word_is_rel(r, noun, SG_OBL) || !sg_has_case(r, noun, "under") ||
        !sg_is_kind_of_proposal(r->info[noun].lemma) || !sg_word_is_upos(r, verb, SG_VERB))
        return;
    owner = sg_child(r, noun, SG_NMOD_POSS);
    if (owner == SG_NO_WORD)
        owner = sg_with_preposition(r, noun, "by", 2);
    if (owner != SG_NO_WORD && sg_principal_at(r, owner) != SG_NO_ACTOR && !f->done[verb])
        sg_rule_follow(f, verb, sg_rule_holder(f, owner, noun), 1, noun, &plan, 1);
}

/* "Pleased" and "worries" are forms of "please" and "worry", whatever their tags and lemmas. */
static bool is_form_of(const char *form, const char *const *verbs, size_t count)
{
    static const char *const endings[] = { "", "s", "d", "ed", "es", "ing" };

    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(verbs[i]);

        if (strchr("ey", verbs[i][n - 1]) != NULL && strncmp(form, verbs[i], n) != 0)
            n--;
        if (strncmp(form, verbs[i], n) != 0)
            continue;
        for (size_t e = 0; e < sizeof endings / sizeof *endings; e++) {
            if (strcmp(form + n, endings[e]) == 0 ||
                (form[n] == 'i' && strcmp(form + n + 1, endings[e]) == 0))
                return true;
        }
    }
    return false;
}

/* "The plan angered A": A of the plan. */
static void move_to(sg_rule_finder *f, uint32_t verb)
{
    static const sg_cue feeling = { "", "", 1, SG_CUE_VERB, SG_CUE_ATTITUDE, 2 };
    static const char *const pleasing[] = {
        "please",  "delight", "hearten", "reassure", "thrill",
        "impress", "satisfy", "cheer",   "excite",   "inspire"
    };
    static const char *const annoying[] = {
        "anger",      "infuriate", "upset",   "alarm",     "worry",    "dismay",     "outrage",
        "disappoint", "shock",     "concern", "frustrate", "appal",    "appall",     "horrify",
        "annoy",      "irritate",  "enrage",  "incense",   "disgust",  "trouble",    "unsettle",
        "offend",     "alienate",  "bother",  "scare",     "frighten", "antagonize", "antagonise",
        "rankle",     "gall",      "irk"
    };
    const sg_reading *r = f->r;
    int sign = is_form_of(r->lower[verb], pleasing, sizeof pleasing / sizeof *pleasing)   ? 1
               : is_form_of(r->lower[verb], annoying, sizeof annoying / sizeof *annoying) ? -1
                                                                                          : 0;
    uint32_t who = sign != 0 ? sg_child(r, verb, SG_OBJ) : SG_NO_WORD;
    uint32_t thing = sign != 0 ? sg_child(r, verb, SG_NSUBJ) : SG_NO_WORD;

    if (who != SG_NO_WORD && thing != SG_NO_WORD && sg_principal_at(r, thing) == SG_NO_ACTOR)
        sg_rule_about(f, thing, sg_rule_holder(f, who, verb), sign * sg_negation(r, verb), verb,
                      &feeling);
}

/* "Will resign if it is built", "will strike unless it goes": who does something drastic in that
 * case does not want the case. */
static void condition(sg_rule_finder *f, uint32_t verb)
{
    static const sg_cue threat = { "", "", 1, SG_CUE_VERB, SG_CUE_ACT, 2 };
    static const char *const drastic[] = { "resignation", "strike", "protest", "lawsuit" };
    const sg_reading *r = f->r;
    uint32_t mark = sg_child(r, verb, SG_MARK);
    uint32_t main = r->info[verb].head;
    const sg_event_word *word = NULL;
    const sg_cue *feeling;
    int sign;

    if (mark == SG_NO_WORD || main == SG_NO_WORD)
        return;
    feeling = sg_word_is_upos(r, main, SG_ADJ) ? sg_stance_cue(r, main) : NULL;
    if (feeling != NULL && feeling->class == SG_CUE_ADJECTIVE && feeling->strength > 1 &&
        sg_word_is(r, mark, "if")) {
        sg_rule_follow(f, verb, sg_rule_holder(f, sg_subject_of(r, main), main), feeling->sign,
                       main, &threat, 1); /* "would be angry if it was not built" */
        return;
    }
    if (!sg_word_is_upos(r, main, SG_VERB))
        return;
    word = sg_event_word_at(r, main);
    if (strcmp(r->info[main].lemma, "threaten") == 0) {
        uint32_t threatened = sg_child(r, main, SG_OBJ); /* "threatened a strike if" */

        if (threatened == SG_NO_WORD)
            threatened = sg_child(r, main, SG_XCOMP);
        word = threatened != SG_NO_WORD ? sg_event_word_at(r, threatened) : NULL;
    }
    if (word == NULL || !SG_IS_ONE_OF(word->kind, drastic))
        return;
    sign = sg_word_is(r, mark, "if") ? -1 : sg_word_is(r, mark, "unless") ? 1 : 0;
    f->strength = threat.strength;
    if (sign != 0)
        sg_rule_follow(f, verb, sg_rule_holder(f, sg_subject_of(r, main), main), sign, main,
                       &threat, 1);
}

/* "If it goes ahead, the town will suffer", "without it the town would thrive": the speaker of it.
 */
static void foresee(sg_rule_finder *f, uint32_t verb)
{
    static const sg_cue outcome = { "", "", 1, SG_CUE_VERB, SG_CUE_EVALUATION, 2 };
    static const char *const bad[] = {
        "suffer", "collapse", "die", "struggle", "worsen", "starve"
    };
    static const char *const good[] = { "benefit", "thrive", "flourish", "prosper", "improve" };
    const sg_reading *r = f->r;
    int sign = SG_SIGN_IN(r->info[verb].lemma, good, bad);
    uint32_t speaker = sign != 0 ? sg_rule_speaker(f, verb) : SG_NO_ACTOR;
    uint32_t missing = sign != 0 ? sg_with_preposition(r, verb, "without", 7) : SG_NO_WORD;
    uint32_t clause = sign != 0 ? sg_child(r, verb, SG_ADVCL) : SG_NO_WORD;
    uint32_t mark = clause != SG_NO_WORD ? sg_child(r, clause, SG_MARK) : SG_NO_WORD;

    if (speaker == SG_NO_ACTOR)
        return;
    sign *= sg_negation(r, verb);
    f->strength = outcome.strength;
    if (sg_with_preposition(r, verb, "from", 4) != SG_NO_WORD)
        sg_rule_about(f, sg_with_preposition(r, verb, "from", 4), speaker, sign, verb, &outcome);
    if (missing != SG_NO_WORD)
        sg_rule_about(f, missing, speaker, -sign, verb, &outcome);
    else if (mark != SG_NO_WORD && sg_child(r, clause, SG_NSUBJ) != SG_NO_WORD &&
             (sg_word_is(r, mark, "if") || sg_word_is(r, mark, "unless")))
        sg_rule_about(f, sg_child(r, clause, SG_NSUBJ), speaker,
                      (sg_word_is(r, mark, "if") ? sign : -sign) * sg_negation(r, clause), verb,
                      &outcome);
}

/* "Is banned in Turkey": there they are against it. */
static void outlaw(sg_rule_finder *f, uint32_t verb)
{
    static const char *const banning[] = { "ban",         "prohibit",    "outlaw",
                                           "criminalise", "criminalize", "forbid" };
    static const char *const allowing[] = { "allow", "permit", "legalise", "legalize" };
    static const sg_cue law = { "", "", 1, SG_CUE_VERB, SG_CUE_ACT, 2 };
    const sg_reading *r = f->r;
    int sign = SG_SIGN_IN(r->info[verb].lemma, allowing, banning);
    uint32_t where = sign != 0 ? sg_with_preposition(r, verb, "in", 2) : SG_NO_WORD;
    uint32_t thing = where != SG_NO_WORD ? sg_frame_object(r, verb, "") : SG_NO_WORD;
    uint32_t land = thing != SG_NO_WORD ? sg_principal_at(r, where) : SG_NO_ACTOR;

    if (land != SG_NO_ACTOR && r->actors[land].kind == SG_ACTOR_ORGANISATION &&
        sg_child(r, verb, SG_AUX_PASS) != SG_NO_WORD &&
        sg_child(r, verb, SG_OBL_AGENT) == SG_NO_WORD)
        sg_rule_about(f, thing, land, sign * sg_negation(r, verb), verb, &law);
}

/* "Has been the target of criticism by A", "the subject of A's complaint". */
static void aim_at(sg_rule_finder *f, uint32_t noun, const sg_cue *cue)
{
    static const char *const lemmas[] = { "target", "subject", "object" };
    static const char *const froms[] = { "from", "by", "among" };
    const sg_reading *r = f->r;
    uint32_t target = r->info[noun].head;
    uint32_t thing;
    uint32_t holder = sg_child(r, noun, SG_NMOD_POSS);

    if (!sg_word_is_rel(r, noun, SG_NMOD) || target == SG_NO_WORD || cue->class != SG_CUE_NOUN ||
        cue->sign == 0 || !SG_IS_ONE_OF(r->info[target].lemma, lemmas) ||
        !sg_has_case(r, noun, "of"))
        return;
    if (holder == SG_NO_WORD)
        holder = SG_WITH_ANY(r, noun, froms);
    thing = sg_child(r, target, SG_NSUBJ);
    if (holder != SG_NO_WORD && thing != SG_NO_WORD)
        sg_rule_about(f, thing, sg_rule_holder(f, holder, noun), cue->sign, noun, cue);
}

/* "Neighbours' fury as the levy is approved", as headlines have it. */
static void headline(sg_rule_finder *f, uint32_t noun, const sg_cue *cue)
{
    static const char *const marks[] = { "as", "after", "over" };
    const sg_reading *r = f->r;
    uint32_t clause = sg_child(r, noun, SG_ADVCL);
    uint32_t owner = sg_child(r, noun, SG_NMOD_POSS);
    uint32_t mark = clause != SG_NO_WORD ? sg_child(r, clause, SG_MARK) : SG_NO_WORD;

    if (r->info[noun].head == SG_NO_WORD && owner != SG_NO_WORD && mark != SG_NO_WORD &&
        cue->class == SG_CUE_NOUN && cue->sign != 0 && cue->strength > 1 &&
        SG_IS_ONE_OF(r->lower[mark], marks))
        sg_rule_follow(f, clause, sg_rule_holder(f, owner, noun), cue->sign, noun, cue, 1);
}

/* "Recognised the state", "does not recognise it", where recognising it is the position: who does
 * what it says is for it. */
static void carry_out(sg_rule_finder *f, uint32_t verb)
{
    static const sg_cue deed = { "", "", 1, SG_CUE_VERB, SG_CUE_ACT, 2 };
    sg_reading *r = f->r;
    uint32_t position;
    sg_position_name name;

    if (r->options.codebook == NULL || f->done[verb] || sg_child(r, verb, SG_NSUBJ) == SG_NO_WORD ||
        sg_is_open(r, verb) || sg_is_told_to(r, verb) || sg_stance_cue(r, verb) != NULL)
        return;
    position = sg_position_at(r, verb);
    if (position == SG_NO_POSITION)
        return;
    name = sg_position_name_of(r, position);
    if (sg_says_head(r, &name, verb))
        sg_rule_about(f, verb, sg_rule_holder(f, sg_subject_of(r, verb), verb),
                      sg_negation(r, verb), verb, &deed);
}

/* "Doubts that it will work", "questioned whether it was needed", "asked why it was". */
static void doubt(sg_rule_finder *f, uint32_t verb)
{
    static const sg_cue doubting = { "", "", 1, SG_CUE_VERB, SG_CUE_ATTITUDE, 2 };
    static const char *const asking[] = { "question", "wonder", "query", "ask" };
    static const char *const bad[] = { "fail", "collapse", "harm", "hurt" };
    static const char *const feeling[] = { "skeptical", "sceptical",   "doubtful",
                                           "dubious",   "unconvinced", "doubt" };
    const sg_reading *r = f->r;
    bool doubts = SG_IS_ONE_OF(r->info[verb].lemma, feeling);
    uint32_t clause = doubts || SG_IS_ONE_OF(r->info[verb].lemma, asking)
                          ? sg_child(r, verb, SG_CCOMP)
                          : SG_NO_WORD;
    uint32_t thing;
    const sg_cue *judged;

    if (clause == SG_NO_WORD || SG_IS_ONE_OF(r->info[clause].lemma, bad))
        return;
    thing = sg_child(r, clause, SG_NSUBJ);
    if (thing == SG_NO_WORD)
        thing = sg_child(r, clause, SG_NSUBJ_PASS);
    judged = sg_evaluation_cue(r, clause);
    if (judged == NULL && sg_child(r, clause, SG_AMOD) != SG_NO_WORD) {
        judged = sg_evaluation_cue(r, sg_child(r, clause, SG_AMOD)); /* "is a wise choice" */
        f->judged[sg_child(r, clause, SG_AMOD)] = judged != NULL;
    }
    if (thing == SG_NO_WORD || sg_principal_at(r, thing) != SG_NO_ACTOR ||
        (!doubts && !sg_asks_for_reason(r, clause) && judged == NULL) ||
        (judged != NULL && judged->sign < 0))
        return;
    f->judged[clause] = true;
    f->done[clause] = true;
    sg_rule_about(f, thing, sg_rule_holder(f, sg_subject_of(r, verb), verb),
                  -sg_negation(r, verb) * sg_negation(r, clause), verb, &doubting);
}

/* "Complained that she had let it wither": who did. */
static void complain(sg_rule_finder *f, uint32_t verb)
{
    static const sg_cue blaming = { "", "", 1, SG_CUE_VERB, SG_CUE_BLAME, 3 };
    static const char *const lemmas[] = { "complain", "protest", "grumble", "lament", "moan" };
    const sg_reading *r = f->r;
    uint32_t clause =
        SG_IS_ONE_OF(r->info[verb].lemma, lemmas) ? sg_child(r, verb, SG_CCOMP) : SG_NO_WORD;
    uint32_t who = clause != SG_NO_WORD ? sg_subject_of(r, clause) : SG_NO_WORD;
    uint32_t holder;

    if (who == SG_NO_WORD || sg_is_first_person(r, who) || sg_principal_at(r, who) == SG_NO_ACTOR)
        return;
    holder = sg_rule_holder(f, sg_subject_of(r, verb), verb);
    if (holder != sg_principal_at(r, who))
        sg_rule_about(f, who, holder, -1, verb, &blaming);
}

/* "Will strike in response to it", "walked out as a response to it". */
static void respond(sg_rule_finder *f, uint32_t noun)
{
    static const sg_cue act = { "", "", 1, SG_CUE_VERB, SG_CUE_ACT, 2 };
    static const char *const drastic[] = { "resignation", "strike", "protest", "lawsuit" };
    const sg_reading *r = f->r;
    uint32_t verb = r->info[noun].head;
    uint32_t thing = sg_with_preposition(r, noun, "to", 2);
    uint32_t object;
    const sg_event_word *word;

    if (strcmp(r->info[noun].lemma, "response") != 0 || !sg_word_is_rel(r, noun, SG_OBL) ||
        !sg_word_is_upos(r, verb, SG_VERB))
        return;
    if (thing == SG_NO_WORD)
        thing = sg_with_preposition(r, verb, "to", 2);
    object = sg_child(r, verb, SG_OBJ);
    word = sg_event_word_at(r, verb);
    if (word == NULL && object != SG_NO_WORD)
        word = sg_event_word_at(r, object);
    if (thing != SG_NO_WORD && thing > noun && word != NULL && SG_IS_ONE_OF(word->kind, drastic))
        sg_rule_about(f, thing, sg_rule_holder(f, sg_subject_of(r, verb), verb), -1, verb, &act);
}

/* "Likened it to a disaster". */
static void liken(sg_rule_finder *f, uint32_t verb)
{
    static const sg_cue saying = { "", "", 1, SG_CUE_VERB, SG_CUE_ATTITUDE, 2 };
    static const char *const lemmas[] = { "liken", "compare" };
    const sg_reading *r = f->r;
    uint32_t thing =
        SG_IS_ONE_OF(r->info[verb].lemma, lemmas) ? sg_child(r, verb, SG_OBJ) : SG_NO_WORD;
    uint32_t other = thing != SG_NO_WORD ? sg_with_preposition(r, verb, "to", 2) : SG_NO_WORD;
    int sign = other != SG_NO_WORD ? sg_worth(r, other, 0) : 0;

    if (sign != 0)
        sg_rule_about(f, thing, sg_rule_holder(f, sg_subject_of(r, verb), verb), sign, verb,
                      &saying);
}

/* "The lane was A's idea", "is the brainchild of A". */
static void originate(sg_rule_finder *f, uint32_t noun)
{
    static const sg_cue idea = { "", "", 1, SG_CUE_NOUN, SG_CUE_ACT, 2 };
    static const char *const lemmas[] = { "idea",     "brainchild", "initiative", "plan",
                                          "proposal", "creation",   "project",    "handiwork" };
    const sg_reading *r = f->r;
    uint32_t thing =
        SG_IS_ONE_OF(r->info[noun].lemma, lemmas) ? sg_child(r, noun, SG_NSUBJ) : SG_NO_WORD;
    uint32_t owner;

    if (thing == SG_NO_WORD || sg_child(r, noun, SG_COP) == SG_NO_WORD)
        return;
    owner = sg_child(r, noun, SG_NMOD_POSS);
    if (owner == SG_NO_WORD)
        owner = sg_with_preposition(r, noun, "of", 2);
    if (owner != SG_NO_WORD && sg_principal_at(r, owner) != SG_NO_ACTOR)
        sg_rule_about(f, thing, sg_rule_holder(f, owner, noun), sg_negation(r, noun), noun, &idea);
}

/* "A's proposed lane": A proposes it. */
static void propose(sg_rule_finder *f, uint32_t word)
{
    static const sg_cue plan = { "", "", 1, SG_CUE_ADJECTIVE, SG_CUE_ACT, 2 };
    static const char *const words[] = { "proposed", "planned" };
    const sg_reading *r = f->r;
    uint32_t noun = r->info[word].head;
    uint32_t owner = SG_IS_ONE_OF(r->lower[word], words) && sg_word_is_rel(r, word, SG_AMOD)
                         ? sg_child(r, noun, SG_NMOD_POSS)
                         : SG_NO_WORD;

    if (owner != SG_NO_WORD && sg_principal_at(r, owner) != SG_NO_ACTOR)
        sg_rule_about(f, noun, sg_rule_holder(f, owner, word), 1, word, &plan);
}

/* "The only candidate who can stop it is A", "A is the only one strong enough to stop it", says
 * somebody. */
static void single_out(sg_rule_finder *f, uint32_t only)
{
    static const sg_cue choice = { "", "", 1, SG_CUE_ADJECTIVE, SG_CUE_PRAISE, 2 };
    static const char *const able[] = { "can", "could", "will", "would", "to" };
    static const sg_deprel rels[] = { SG_ACL_RELCL, SG_ACL, SG_ADVCL };
    const sg_reading *r = f->r;
    uint32_t noun = r->info[only].head;
    uint32_t said = noun;
    uint32_t deed = SG_NO_WORD;
    uint32_t who;
    bool can = false;

    if (!sg_word_is(r, only, "only") || !sg_word_is_rel(r, only, SG_AMOD) ||
        sg_rule_speaker(f, only) == SG_NO_ACTOR)
        return;
    if (sg_word_is(r, noun, "one") && !sg_word_is_rel(r, noun, SG_NSUBJ) &&
        r->info[noun].head != SG_NO_WORD && sg_word_is_upos(r, r->info[noun].head, SG_ADJ))
        said = r->info[noun].head; /* "one strong enough" */
    for (size_t i = 0; i < sizeof rels / sizeof *rels && deed == SG_NO_WORD; i++)
        deed = sg_child(r, said, rels[i]);
    if (deed == SG_NO_WORD || deed < noun || sg_negation(r, deed) < 0)
        return;
    for (uint32_t w = noun + 1; w < deed; w++)
        can = can || (r->info[w].head == deed && SG_IS_ONE_OF(r->lower[w], able));
    who = sg_word_is_rel(r, noun, SG_NSUBJ) ? r->info[noun].head : sg_child(r, said, SG_NSUBJ);
    if (!can || who == SG_NO_WORD)
        return;
    f->strength = choice.strength;
    sg_rule_about(f, who, sg_rule_speaker(f, only), sg_negation(r, said), only, &choice);
    sg_rule_follow(f, deed, sg_rule_speaker(f, only), 1, only, &choice, 1);
}

/* "What is the point": the point. */
static bool is_what(const sg_reading *r, uint32_t word)
{
    for (uint32_t w = sg_sentence_first(r, word); w < word; w++) {
        if (sg_word_is(r, w, "what") && (r->info[w].head == word || r->info[word].head == w))
            return true;
    }
    return false;
}

/* "No to the levy", "yes to a lane", "what is the point of it?", says somebody. */
static void exclaim(sg_rule_finder *f, uint32_t word)
{
    static const sg_cue call = { "", "", 1, SG_CUE_NOUN, SG_CUE_DEMAND, 2 };
    const sg_reading *r = f->r;
    int sign = sg_word_is(r, word, "yes") ? 1 : sg_word_is(r, word, "no") ? -1 : 0;

    if ((sg_word_is(r, word, "point") || sg_word_is(r, word, "use")) && is_what(r, word) &&
        sg_with_preposition(r, word, "of", 2) != SG_NO_WORD)
        sg_rule_about(f, sg_with_preposition(r, word, "of", 2), sg_rule_speaker(f, word), -1, word,
                      &call);

    if (sign != 0 && word + 1 < sg_sentence_past(r, word) && sg_word_is(r, word + 1, "to") &&
        sg_word_is_rel(r, word + 1, SG_CASE) && sg_rule_speaker(f, word) != SG_NO_ACTOR)
        sg_rule_about(f, r->info[word + 1].head, sg_rule_speaker(f, word), sign, word, &call);
}

void sg_rule_construe(sg_rule_finder *f, uint32_t word)
{
    const sg_cue *cue = sg_stance_cue(f->r, word);

    f->strength = 0;
    lean(f, word);
    lean_to_deed(f, word);
    condition(f, word);
    draw(f, word);
    move_to(f, word);
    undertake(f, word);
    give(f, word);
    provide(f, word);
    if (cue != NULL) {
        accompany(f, word, cue);
        aim_at(f, word, cue);
        headline(f, word, cue);
    }
    include(f, word);
    propose(f, word);
    if (f->r->info[word].upos == SG_NOUN) {
        respond(f, word);
        originate(f, word);
    }
    foresee(f, word);
    exclaim(f, word);
    single_out(f, word);
    if (f->r->info[word].upos == SG_ADJ)
        doubt(f, word);
    if (f->r->info[word].upos == SG_VERB) {
        outlaw(f, word);
        carry_out(f, word);
        doubt(f, word);
        complain(f, word);
        liken(f, word);
    }
}
