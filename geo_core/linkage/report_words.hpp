#pragma once

#include <cstddef>
#include <cstdint>
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

/// Words that both tell, sorted: what an explanation names.
/// \param with_places whether the words for the place take part
[[nodiscard]] std::vector<std::string> shared_words(ReportWords const& a, ReportWords const& b,
                                                    bool with_places);

/// How two reports' words agree.
struct WordAgreement {
    std::size_t shared = 0;      ///< informative words and numbers in both, \see shared_words
    std::size_t unshared = 0;    ///< informative words of whoever tells fewer that the other lacks
    bool same_wording = false;   ///< the texts are the same, and more than one word
    bool other_numbers = false;  ///< both tell numbers (roads, houses), and none is the same
};

/// A hash of 61 bits; 0 for no text.
[[nodiscard]] std::uint64_t print_of(std::string_view text);

/// The words of many reports, each as a hash of 61 bits: what comparing needs of them, in 8 bytes a word, so
/// that those of a million reports are in memory at once.
class WordPrints {
public:
    /// The words of one report; a value-initialised one has none.
    struct Of {
        std::uint64_t wording = 0;  ///< hash of the text's words; 0 for one word or none
        std::uint32_t first = 0;
        std::uint16_t words = 0;
        std::uint16_t informative = 0;  ///< how many of them
        std::uint16_t numbers = 0;
    };

    /// \see ReportWords::of for what counts. Of a text with more than 20 000 such words the rest is left out.
    [[nodiscard]] Of add(std::string_view title, std::string_view text, std::string_view place);
    /// \pre both were added here
    [[nodiscard]] WordAgreement agreement(Of const& a, Of const& b, bool with_places) const;
    void clear() { words_.clear(); }

private:
    std::vector<std::uint64_t> words_;  // of each report sorted: hash, below it what the word is
    std::vector<std::uint64_t> scratch_;
};

}  // namespace riskbild::linkage
