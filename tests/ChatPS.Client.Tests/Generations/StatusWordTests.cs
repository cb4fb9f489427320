using ChatPS.Client.Generations;

namespace ChatPS.Client.Tests.Generations;

public sealed class StatusWordTests
{
    [Theory]
    [InlineData(ChatGenerationStatus.NotStarted, "", "NOT_START", "SUBMITTED", "QUEUED", "PENDING", "THROTTLED", "Preparing", "Queueing", "created", "in_queue")]
    [InlineData(ChatGenerationStatus.Running, "IN_PROGRESS", "UNKNOWN", "TEXT_SUCCESS", "FIRST_SUCCESS", "processing", "dreaming", "RUNNING", "generating")]
    [InlineData(ChatGenerationStatus.NeedsInput, "MODAL")]
    [InlineData(ChatGenerationStatus.Succeeded, "SUCCESS", "succeed", "succeeded", "completed", "done")]
    [InlineData(ChatGenerationStatus.Failed, "FAILURE", "FAIL", "failed", "CREATE_TASK_FAILED", "GENERATE_AUDIO_FAILED", "SENSITIVE_WORD_ERROR", "CALLBACK_EXCEPTION", "expired", "not_found")]
    [InlineData(ChatGenerationStatus.Cancelled, "CANCEL", "CANCELLED", "canceled")]
    public void Read_WordsOfAllFamilies_AreKnown(ChatGenerationStatus meaning, params string[] words) => Assert.All(words, word =>
        Assert.All([word, word.ToLowerInvariant(), word.ToUpperInvariant(), $" {word}\n"], written =>
        {
            Assert.True(StatusWords.TryRead(written, out ChatGenerationStatus status));
            Assert.Equal(meaning, status);
        }));

    [Theory]
    [InlineData("REVIEWING")]
    [InlineData("succ")]
    [InlineData("1")]
    public void Read_NewWord_CountsAsRunning(string word)
    {
        Assert.False(StatusWords.TryRead(word, out ChatGenerationStatus status));
        Assert.Equal(ChatGenerationStatus.Running, status);
    }
}
