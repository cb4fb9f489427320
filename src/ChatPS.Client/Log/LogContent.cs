namespace ChatPS.Client.Log;

/// <summary>What a log holds of prompts and answers.</summary>
public enum LogContent
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Their SHA-256.</summary>
    Hash,

    /// <summary>The texts.</summary>
    Full,
}
