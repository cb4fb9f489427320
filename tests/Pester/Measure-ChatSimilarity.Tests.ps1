BeforeAll {
    . $PSScriptRoot/common.ps1
    Connect-TestSandbox
}

AfterAll {
    Clear-Test
}

Describe 'Measure-ChatSimilarity' {
    It 'divides the cosine by both lengths' {
        $result = Measure-ChatSimilarity 2, 0 -InputObject 3, 0
        $result.Cosine | Should -Be 1
        $result.DotProduct | Should -Be 6
        $result.Euclidean | Should -Be 1
        $result.Dimension | Should -Be 2
    }

    It 'compares piped embeddings with one, in order' {
        $embeddings = 'rotate keys', 'brew tea' | Get-ChatEmbedding
        $results = $embeddings | Measure-ChatSimilarity $embeddings[0]
        $results | Should -BeOfType ChatPS.ChatSimilarity
        [Math]::Round($results[0].Cosine, 6) | Should -Be 1
        $results[1].Cosine | Should -BeLessThan 0.9
        $results.Index | Should -Be 0, 1
        $results[1].Input.Text | Should -BeExactly 'brew tea'
        (Measure-ChatSimilarity $embeddings[0] $embeddings).Count | Should -Be 2
    }

    It 'takes arrays of any numbers, and what came through a job' {
        (, [float[]] (1, 0) | Measure-ChatSimilarity ([double[]] (0, 1))).Cosine | Should -Be 0
        (, @(1, [decimal] 2) | Measure-ChatSimilarity 1, 2).Euclidean | Should -Be 0
        $gone = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Get-ChatEmbedding 'tea'), 4))
        [Math]::Round(($gone | Measure-ChatSimilarity (Get-ChatEmbedding 'tea')).Cosine, 6) | Should -Be 1
    }

    It 'makes a clear error of <What>' -ForEach @(
        @{ What = 'another length'; Value = @(1, 2, 3); Message = '*different lengths*2*3*' }
        @{ What = 'a vector of length 0'; Value = @(0, 0); Message = '*length 0*' }
        @{ What = 'a number that is none'; Value = @(1, [double]::NaN); Message = '*NaN*' }
        @{ What = 'a single number'; Value = 1; Message = '*comma*' }
        @{ What = 'a text'; Value = 'tea'; Message = '*a text is no vector*Measure-ChatSimilarity (Get-ChatEmbedding *) (Get-ChatEmbedding *)*' }
        @{ What = 'nothing'; Value = $null; Message = '*null*' }
    ) {
        $results = @(, $Value | Measure-ChatSimilarity 1, 2 -ErrorAction SilentlyContinue -ErrorVariable failure)
        $results.Count | Should -Be 0
        Get-Advice $failure[0] | Should -BeLike $Message
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
    }

    It 'refuses vectors of different models' {
        $one = [ChatPS.ChatEmbedding]@{ Vector = 1, 2; Model = 'a' }
        $two = [ChatPS.ChatEmbedding]@{ Vector = 1, 2; Model = 'b' }
        $two | Measure-ChatSimilarity $one -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].Exception.Message | Should -BeLike "*different models*'a'*'b'*"
    }

    It 'ends where the reference is no vector' {
        { 1, 2 | Measure-ChatSimilarity 'tea' } | Should -Throw '*-Reference*'
    }
}
