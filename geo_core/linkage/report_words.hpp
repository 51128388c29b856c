#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace riskbild::linkage {

/// What the texts of a report tell beyond its kind, time and kommun: its informative words, without those
/// that most reports have.
///
/// A word is a run of letters and digits, in lower case. Left out are words of three letters or fewer, words
/// of one or two digits (days, clocks) and the common words of `report_words.cpp`. Of a longer word the first
/// six letters count, so that *fönster* and *fönsterruta* are one.
struct ReportWords {
    std::vector<std::string> informative;  ///< of title and text, as stems, sorted, each once
    std::vector<std::string> numbers;      ///< words with a digit (`e4`, `288`), sorted, each once
    std::vector<std::string> place;        ///< both of what the source calls the place
    std::string wording;                   ///< the text alone, all its words joined by spaces

    /// \param title, text, place as the source wrote them, UTF-8
    static ReportWords of(std::string_view title, std::string_view text, std::string_view place);
};

/// How two reports' words agree.
struct WordAgreement {
    std::vector<std::string> shared;  ///< informative words and numbers in both, sorted
    bool same_wording = false;        ///< the texts are the same, and more than one word
    std::size_t unshared = 0;         ///< informative words of whoever tells fewer that the other lacks
    bool other_numbers = false;       ///< both tell numbers (roads, houses), and none is the same
};

/// \param with_places whether the words for the place take part
[[nodiscard]] WordAgreement agreement(ReportWords const& a, ReportWords const& b, bool with_places);

}  // namespace riskbild::linkage
