#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "geo_core/result.hpp"
#include "importers/readers/byte_source.hpp"

namespace riskbild::importers {

/// The longest record (line, JSON object) that is read. A "line" of 200 MB is no record but a mistake,
/// and must not become 200 MB of memory.
inline constexpr std::size_t kRecordLimit = std::size_t{16} << 20;

/// A window that slides over a source: the bytes read but not yet consumed, contiguous. A byte order
/// mark at the beginning is skipped. The source must outlive the window.
class ReadWindow {
public:
    explicit ReadWindow(ByteSource& source) : source_(&source) {}

    /// Skips a byte order mark, which also tells UTF-16: that is turned into UTF-8. Refuses what is not text:
    /// ZIP (also XLSX), other binary data.
    Result<void> open();

    /// What is not yet consumed. Valid until `more()`.
    [[nodiscard]] std::string_view view() const { return {buffer_.data() + begin_, end_ - begin_}; }
    /// The same bytes, for decoding in place.
    [[nodiscard]] char* data() { return buffer_.data() + begin_; }
    void consume(std::size_t bytes) { begin_ += bytes; }

    /// Whether the view already holds `kRecordLimit` bytes: no record may be longer.
    [[nodiscard]] bool full() const { return end_ - begin_ >= kRecordLimit; }
    /// Reads on, behind what is there. \return false at the end of the source. \pre !full()
    Result<bool> more();

    [[nodiscard]] ByteSource const& source() const { return *source_; }

    /// How the source writes characters, where its beginning tells.
    enum class Utf16 { no, little_endian, big_endian };
    [[nodiscard]] Utf16 utf16() const { return utf16_; }

private:
    Result<std::size_t> read_utf16(std::size_t room);

    ByteSource* source_;
    Utf16 utf16_ = Utf16::no;
    std::string raw_;  // UTF-16 not yet turned into UTF-8
    std::string buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace riskbild::importers
