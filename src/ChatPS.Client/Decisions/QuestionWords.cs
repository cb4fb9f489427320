namespace ChatPS.Client.Decisions;

/// <summary>What a question says, for forms that have fewer places for it.</summary>
internal static class QuestionWords
{
    /// <summary>Gets the question with what yes and no mean, where that is given.</summary>
    public static string WithMeanings(this ChatQuestion question) =>
        question.Text + (question.Yes is null ? "" : $"\nYes means: {question.Yes}") + (question.No is null ? "" : $"\nNo means: {question.No}");

    /// <summary>Gets an option as text: a boolean in JSON's word.</summary>
    public static string Label(this ChatQuestionOption option) => option.Value is bool flag ? flag ? "true" : "false" : option.Value as string ?? "";

    /// <summary>Gets a level in one text.</summary>
    public static string Words(this ChatQuestionLevel level) => level.Description is { Length: > 0 } words ? $"{level.Label}: {words}" : level.Label;
}
