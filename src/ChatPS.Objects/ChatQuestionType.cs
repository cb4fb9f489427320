namespace ChatPS;

/// <summary>What kind of answer a typed question has.</summary>
public enum ChatQuestionType
{
    /// <summary>Yes or no.</summary>
    Predicate,

    /// <summary>One of several options.</summary>
    Choice,

    /// <summary>A number on a scale of levels.</summary>
    Score,
}
