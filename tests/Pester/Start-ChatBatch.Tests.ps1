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

    It 'says once what is wrong with the whole, and leaves nothing behind: <What>' -ForEach @(
        @{ What = 'a model without a price'; More = @{ MaxCost = 1; PriceTable = @{ 'gpt-*' = 1, 2 } }; Says = "*-MaxCost*has no price*" }
        @{ What = 'a batch that costs too much'; More = @{ MaxCost = 1; PriceTable = @{ '*' = 1000000, 2 } }; Says = '*-MaxCost is 1*' }
        @{ What = 'what -MaxCost cannot count'; More = @{ MaxCost = 1; PriceTable = @{ '*' = 1, 2 }; AdditionalBody = @{ n = 100 } }; Says = "*-AdditionalBody sets 'n'*-MaxCost*" }
        @{ What = 'a path without its folder'; More = @{ Path = 'TestDrive:/none/night.json' }; Says = '*there is no folder*' }
        @{ What = 'a path without its folder, with -WhatIf'; More = @{ Path = 'TestDrive:/none/night.json'; WhatIf = $true }; Says = '*there is no folder*' }
        @{ What = 'a folder'; More = @{ Path = 'TestDrive:/' }; Says = '*is a folder*' }
    ) {
        $folder = New-Item "$TestDrive/$([guid]::NewGuid())" -ItemType Directory
        $given = @{ Path = "$folder/night.json" } + @{}
        $More.Keys | ForEach-Object { $given[$_] = $More[$_] }
        $failures = @(Get-Failure { 'Riga', 'Oslo', 'Bern' | Start-ChatBatch 'Say it.' @given })
        $failures.Count | Should -Be 1
        "$($failures[0])" | Should -BeLike $Says
        "$($failures[0])" | Should -Not -BeLike 'Item*'
        $failures[0].FullyQualifiedErrorId | Should -BeLike '*StartChatBatchCommand'
        $failures[0].TargetObject | Should -Be $given.Path
        Get-ChildItem $folder -Force | Should -BeNullOrEmpty
    }

    It 'leaves nothing of rows that were all refused, and begins with the corrected ones' {
        $failures = @(Get-Failure { 1, 2 | ForEach-Object { [pscustomobject]@{ Id = $_ } } | Start-ChatBatch 'Say it.' -Property Text -Path $path })
        $failures.Count | Should -Be 2
        Get-ChildItem "$path*", ($path -replace 'json$', 'data') -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        ('Riga', 'Oslo' | Start-ChatBatch 'Say it.' -Path $path).Total | Should -Be 2
    }

    It 'never takes a batch without requests for the one that is meant' {
        $null = 'Riga' | Start-ChatBatch -Path $path
        $state = Get-Content $path -Raw | ConvertFrom-Json
        $state.requests = 0
        $state.parts = @()
        $state | ConvertTo-Json -Depth 9 | Set-Content $path
        ('Riga' | Start-ChatBatch -Path $path).Total | Should -Be 1
    }

    It 'batches only what the checkpoint does not answer, and nothing where it answers all' {
        $checkpoint = "$path.jsonl"
        $null = 'Riga', 'Oslo' | Invoke-ChatCompletion 'Say it.' -CheckpointPath $checkpoint
        'Riga', 'Oslo' | Start-ChatBatch 'Say it.' -Path $path -CheckpointPath $checkpoint -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$warnings" | Should -BeLike '*answers all of it (2 requests)*'
        Test-Path $path | Should -BeFalse
        ('Riga', 'Oslo', 'Bern' | Start-ChatBatch 'Say it.' -Path $path -CheckpointPath $checkpoint).Total | Should -Be 1
    }

    It 'leaves the batch that -Force would replace where nothing is sent after all: <Why>' -ForEach @(
        @{ Why = 'it costs too much'; Run = { 'Oslo' | Start-ChatBatch -Path $path -Force -PriceTable @{ '*' = @{ Input = 1000000; Output = 0 } } -MaxCost 1 -ErrorAction Stop } }
        @{ Why = 'the input breaks off'; Run = { & { 'Oslo'; throw 'no more' } | Start-ChatBatch -Path $path -Force } }
    ) {
        $batch = 'Riga' | Start-ChatBatch -Path $path
        $Run | Should -Throw
        (Get-ChatBatch $path).Id | Should -Be $batch.Id
        ($batch | Receive-ChatBatch -Wait).Text | Should -Be 'You said: Riga'
        (Get-ChildItem "$path.data").Name | Should -Be $batch.Id
    }

    It 'leaves a file alone that is no batch' {
        Set-Content $path '{"id":"a1","name":"mine"}' -NoNewline
        { 'Riga' | Start-ChatBatch -Path $path -ErrorAction Stop } | Should -Throw '*no batch of ChatPS*'
        Get-Content $path -Raw | Should -Be '{"id":"a1","name":"mine"}'
    }

    It 'refuses what needs an answer at once' {
        { 'Riga' | Invoke-ChatCompletion -AsBatch -BatchPath $path -Stream -ErrorAction Stop } | Should -Throw '*-Stream does not go with a batch*'
        Test-Path $path | Should -BeFalse
    }

    It 'says what differs from the batch that is there: <What>' -ForEach @(
        @{ What = 'a parameter'; Script = { 'Riga', 'Oslo' | Start-ChatBatch 'Say that.' -Path $path -Temperature 1 }; Says = '*another batch: -Prompt was *Say it.*and is now*; -Temperature was not given and is now 1.*' }
        @{ What = 'more rows'; Script = { 'Riga', 'Oslo', 'Bern' | Start-ChatBatch 'Say it.' -Path $path }; Says = '*another batch: it has 2 requests, and this one has 3 requests.*' }
        @{ What = 'other rows'; Script = { 'Riga', 'Bern' | Start-ChatBatch 'Say it.' -Path $path }; Says = '*another batch: both have 2 requests, but the rows*' }
    ) {
        $null = 'Riga', 'Oslo' | Start-ChatBatch 'Say it.' -Path $path
        $failure = @(Get-Failure $Script)[0]
        "$failure" | Should -BeLike $Says
        Get-Advice $failure | Should -BeLike '*another -Path*-Force*'
    }

    It 'asks in the dialect of -For, or not at all' {
        $failures = @(Get-Failure { 'Riga', 'Oslo' | Start-ChatBatch -For Response -Path $path })
        $failures.Count | Should -Be 1
        "$($failures[0])" | Should -BeLike '*-For is Response*dialect OpenAI*'
        Get-Advice $failures[0] | Should -BeLike '*Connect-ChatService -Dialect Responses*'
        Test-Path $path | Should -BeFalse
    }

    It 'refuses labels that the service keeps none of, before anything is written' {
        Connect-ChatService (Start-ChatSandbox Test).BaseUri -Name Claude -Dialect Anthropic -Model sandbox-mini -ApiKey sk-test-1
        foreach ($more in @{ BatchMetadata = @{ a = 'b' } }, @{ ExpiresAfter = '14.00:00:00' }) {
            $failures = @(Get-Failure { 'Riga', 'Oslo' | Start-ChatBatch -Path $path -Connection Claude @more })
            $failures.Count | Should -Be 1
            "$($failures[0])" | Should -BeLike "-$($more.Keys):*"
            Test-Path $path | Should -BeFalse
        }
    }

    It 'says so where nothing is to be asked again' {
        $null = 'Riga' | Start-ChatBatch -Path $path | Wait-ChatBatch
        $again = Start-ChatBatch -Path $path -RetryFailed -WarningVariable warnings -WarningAction SilentlyContinue
        @($again.Parts).Count | Should -Be 1
        "$warnings" | Should -BeLike '*nothing is asked again*'
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
