namespace ChatPS.Completion;

/// <summary>Completes <c>-Purpose</c> of a file that is uploaded.</summary>
public sealed class FilePurposeCompleter() : ValueCompleter("assistants", "batch", "evals", "fine-tune", "user_data", "vision");
