BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Start-ChatBatch' {
    BeforeEach {
        Connect-TestSandbox
        $path = "$TestDrive/$([guid]::NewGuid()).json"
    }

    It 'makes one batch of a pipeline, in parts, and sends nothing twice' {
        $batch = 'Riga', 'Oslo', 'Bern' | Start-ChatBatch 'Say it.' -Path $path -PartLimit 2
        $batch.Total | Should -Be 3
        $batch.Parts.Total | Should -Be 2, 1
        $again = 'Riga', 'Oslo', 'Bern' | Start-ChatBatch 'Say it.' -Path $path
        $again.Parts.Id | Should -Be $batch.Parts.Id
    }

    It 'refuses other rows for the same file, and replaces it with -Force' {
        $batch = 'Riga' | Start-ChatBatch -Path $path
        { 'Oslo' | Start-ChatBatch -Path $path -ErrorAction Stop } | Should -Throw '*another batch*'
        ('Oslo' | Start-ChatBatch -Path $path -Force).Id | Should -Not -Be $batch.Id
    }

    It 'writes nothing with -WhatIf' {
        'Riga' | Start-ChatBatch -Path $path -WhatIf | Should -BeNullOrEmpty
        Test-Path $path | Should -BeFalse
    }

    It 'refuses a batch that costs too much as a whole' {
        $prices = @{ '*' = @{ Input = 1000000; Output = 0 } }
        { 'Riga', 'Oslo' | Start-ChatBatch -Path $path -PriceTable $prices -MaxCost 1 -ErrorAction Stop } | Should -Throw '*-MaxCost is 1*' -ErrorId 'BudgetExceeded*'
        Test-Path $path | Should -BeFalse
    }

    It 'refuses what needs an answer at once' {
        { 'Riga' | Invoke-ChatCompletion -AsBatch -BatchPath $path -Stream -ErrorAction Stop } | Should -Throw '*-Stream does not go with a batch*'
        Test-Path $path | Should -BeFalse
    }

    It 'works in a session of <Mode>, with the prefix "<Prefix>"' -ForEach @(
        @{ Mode = 'FullLanguage'; Prefix = 'X' }, @{ Mode = 'ConstrainedLanguage'; Prefix = '' }, @{ Mode = 'ConstrainedLanguage'; Prefix = 'X' }
    ) {
        $given = @{ Prefix = $Prefix }
        if (-not $Prefix) { $given.Clear() }
        $session = [powershell]::Create()
        try {
            $script = @"
                param(`$Module, `$Given, `$Path)
                Import-Module `$Module @Given
                Connect-${Prefix}ChatService -Sandbox
                `$ExecutionContext.SessionState.LanguageMode = '$Mode'
                'Riga', 'Oslo' | Start-${Prefix}ChatBatch 'Say it.' -Path `$Path -Metadata @{ team = 'a b' } | ForEach-Object Total
"@
            $session.AddScript($script).AddArgument($ModulePath).AddArgument($given).AddArgument($path).Invoke() | Should -Be 2
            $session.Streams.Error | Should -BeNullOrEmpty
        }
        finally {
            $session.Dispose()
        }
    }

    It 'goes on with a batch without input' {
        $batch = 'Riga' | Start-ChatBatch -Path $path
        (Start-ChatBatch -Path $path).Id | Should -Be $batch.Id
    }

    It 'takes the parameters of what is asked for: <For>' -ForEach @(
        @{ For = 'Embedding' }, @{ For = 'Moderation' }, @{ For = 'TextCompletion' }
    ) {
        ('Riga', 'Oslo' | Start-ChatBatch -For $For -Model some-model -Path $path).For | Should -Be $For
    }
}
